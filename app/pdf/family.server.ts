import { berlinTime, germanDate } from "#app/pdf/german.ts";
import type { PdfWords } from "#app/pdf/application.server.ts";
import type { PdfDocument, PdfRow } from "#app/pdf/document.ts";
import type { Payload } from "#flows/delivery/payload.ts";
import type { FamilyEntry } from "#flows/household/overview.ts";
import type { Relation } from "#flows/household/relations.ts";

/** Words of the overview beside those of an application. */
export type FamilyWords = { text: PdfWords["text"]; relation: (relation: Relation) => string };

/** Where and when the overview was made, with the German mark of a demo. */
type Made = { authority: Pick<Payload["authority"], "name">; at: string; demo?: string | undefined };

function rowOf(entry: FamilyEntry, { text, relation }: FamilyWords): PdfRow {
  const { name, originalName, dateOfBirth, reference, service, filedAt } = entry;
  const kin = entry.relation === undefined ? text("familyFirst") : relation(entry.relation);
  const born = dateOfBirth === undefined ? [] : [`${text("familyBorn")} ${germanDate(dateOfBirth)}`];
  return {
    label: [name, originalName].filter(Boolean).join("\n"),
    value: [[...born, kin].join(", "), `${text("reference")} ${reference}, ${berlinTime(filedAt)}`, service].join("\n"),
  };
}

/**
 * The applications of one family on one page, in the order of filing: who they are to the person who began, and where each is
 * found. The same entries give the same document.
 */
export function familyPdf(
  entries: readonly FamilyEntry[],
  { authority, at, demo }: Made,
  words: FamilyWords,
): PdfDocument {
  const { text } = words;
  const first = entries.find((entry) => entry.relation === undefined);
  const sorted = entries.toSorted((a, b) => a.filedAt.localeCompare(b.filedAt));
  return {
    title: text("familyTitle"),
    subtitle: text("familyLead"),
    ...(demo === undefined ? {} : { demo }),
    facts: [
      { label: text("authority"), value: authority.name },
      { label: text("familyAsOf"), value: berlinTime(at) },
      { label: text("familyCount"), value: String(entries.length) },
      ...(first ? [{ label: text("familyTo"), value: first.name }] : []),
    ],
    sections: [{ title: text("familyPersons"), rows: sorted.map((entry) => rowOf(entry, words)) }],
    paragraphs: [],
    footer: `${text("familyTitle")} · ${text("footer")}`,
    language: "de",
    createdAt: at,
  };
}
