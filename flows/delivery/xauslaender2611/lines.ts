import type { Answers } from "#flows/delivery/answers.ts";
import type { Payload } from "#flows/delivery/payload.ts";
import type { Notes } from "#flows/delivery/xauslaender2611/notes.ts";

/** Notes parts that are known, in one line; nothing if none is. Says so if signs of it have no place there. */
export function addLine(notes: Notes, title: string, parts: readonly (string | undefined)[]): void {
  const known = parts.filter((part) => part !== undefined && part !== "");
  if (known.length > 0) notes.add(`${title}: ${notes.plain(title, known.join(", "))}.`);
}

/**
 * Notes what is applied for, with the norm that we suggest, and that somebody helped: no message has an element for it. Who only
 * helps is no representative (list "vertretungsart").
 */
export function addService(notes: Notes, { service, suggestion, filer }: Payload): void {
  notes.add(`Antrag: ${service.title} (${service.id}).`);
  if (filer.role === "helper") notes.add("Gestellt mit Hilfe einer von der Person beauftragten Stelle.");
  addLine(notes, "Vorschlag zur Rechtsgrundlage", [suggestion.legalBasis]);
}

/** Notes that no paper shows the name in Latin letters: who spelled it was the person, or a table. */
export function addSpelling(notes: Notes, answers: Answers): void {
  const isOpen = answers.names.includes("latinDocument") && !answers.isYes("latinDocument");
  if (isOpen) notes.add("Name aus anderer Schrift übertragen, Schreibweise zu prüfen.");
}

/** Notes which evidence is to follow. */
export function addLater(notes: Notes, { evidence }: Payload): void {
  const later = evidence.filter((entry) => entry.later !== undefined);
  addLine(
    notes,
    "Wird nachgereicht",
    later.map(({ title }) => title),
  );
}

const markWords = { document: "Ausweis", person: "Name und Geburtsdatum" } as const;

/** Notes earlier applications that look like those of the same person: a hint to look, which the applicant never sees. */
export function addPossibleDuplicates(notes: Notes, { possibleDuplicate = [] }: Payload): void {
  const found = possibleDuplicate.map(
    ({ authority, reference, service, by }) =>
      `${reference} (${service}, ${authority}; ${by.map((kind) => markWords[kind]).join(" und ")})`,
  );
  addLine(notes, "Möglicherweise schon gestellt", found);
}

/** Notes applications that belong to this one, for messages without an element for them. */
export function addLinks(notes: Notes, { links = [] }: Payload): void {
  addLine(
    notes,
    "Zusammen mit",
    links.map(({ reference }) => reference),
  );
}
