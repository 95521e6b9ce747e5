/** A full page of the event log with many attachments stays well below this; more is a mistake or an attack. */
export const MAX_ANSWER_BYTES = 4 * 1024 * 1024;
