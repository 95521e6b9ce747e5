import type { AnswerKind } from "./answers.ts";
import type { MessageRecord } from "./record.ts";

const kinds: Readonly<Record<string, string>> = {
  application: "Antrag",
  supplement: "Nachreichung",
  answer: "Antwort",
  withdrawal: "Rücknahme",
};

/** What a message is, in German. */
export const kindName = (kind: string): string => kinds[kind] ?? "Nachricht";

const states = { open: "○ offen", accepted: "✓ angenommen", rejected: "✕ zurückgewiesen" } as const;
const tones = { open: "open", accepted: "ok", rejected: "bad" } as const;

/** State of a message with a mark, and the tone of its colour. */
export const stateWords = ({ state }: MessageRecord) => ({ text: states[state], tone: tones[state] });

/** What a clerk can write, with the text that stands in its place if nothing is typed. */
export const answerWords: Readonly<Record<AnswerKind, { name: string; text: string }>> = {
  received: { name: "Eingang bestätigen (130104)", text: "" },
  reviewed: { name: "Prüfung abgeschlossen (130104)", text: "" },
  question: { name: "Frage stellen (130102)", text: "Bitte senden Sie uns die letzten drei Gehaltsabrechnungen." },
  appointment: { name: "Termin mitteilen (130105)", text: "Bitte bringen Sie Ihren Pass mit." },
  notCompetent: { name: "Nicht zuständig (130109)", text: "Wir sind für Ihren Wohnort nicht zuständig." },
  intendedRefusal: { name: "Ablehnung ankündigen (130110)", text: "" },
  withdrawn: { name: "Rücknahme bestätigen (130107)", text: "Ihr Antrag ist zurückgenommen." },
  invalid: { name: "Fehler üben: ungültige Nachricht", text: "" },
  foreign: { name: "Fehler üben: Nachricht einer anderen Behörde", text: "" },
};

/** Name of an element of a message, in words. */
export function elementName(name: string): string {
  const spaced = name.replace(/[.]/g, " ").replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2");
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

const time = new Intl.DateTimeFormat("de-DE", { timeZone: "Europe/Berlin", dateStyle: "medium", timeStyle: "short" });

/** A moment as people read it in Berlin. */
export const timeOf = (at: string): string => (Number.isNaN(Date.parse(at)) ? at : time.format(new Date(at)));

/** Size of a file in words. */
export const sizeOf = (bytes: number): string => (bytes < 1_000 ? `${bytes} Byte` : `${Math.round(bytes / 1_000)} KB`);
