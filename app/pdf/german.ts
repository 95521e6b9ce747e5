const time = new Intl.DateTimeFormat("de-DE", { dateStyle: "medium", timeStyle: "short", timeZone: "Europe/Berlin" });

/** A moment (ISO) as German readers write it, in the time of Berlin. */
export const berlinTime = (moment: string): string => time.format(new Date(moment));

/** A date as German readers write it; of a partial one what is known. */
export const germanDate = (date: string): string => date.split("-").toReversed().join(".");
