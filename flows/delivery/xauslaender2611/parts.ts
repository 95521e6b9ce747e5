import states from "#config/reference/states.json" with { type: "json" };
import type { Following, PlacedDocument } from "#flows/delivery/standard.ts";
import type { Coded } from "#flows/delivery/value.ts";
import type { Notes } from "#flows/delivery/xauslaender2611/notes.ts";
import type { Elements } from "#flows/delivery/xoev/content.ts";

/** A name, or the statement that there is none: never "-" or "unknown" (XInneres `AllgemeinerName`). */
export function nameOf(notes: Notes, element: string, text: string | undefined): Elements {
  return text === undefined ? { nichtVorhanden: true } : { name: notes.plain(element, text) };
}

/** A day, month or year as typed: `2001`, `2001-05` or `2001-05-17`. */
export function partialDate(text: string): Elements {
  const element = ["jahr", "jahrMonat", "jahrMonatTag"][text.split("-").length - 1] ?? "jahr";
  return { [element]: text };
}

/** A date of birth, which may be unknown. */
export function birthDate(text: string | undefined): Elements {
  return text === undefined ? { unbekannt: true } : { teilbekanntesDatum: partialDate(text) };
}

const keys = new Set(states.filter(({ use }) => use !== "state").map(({ key }) => key));

/** A state or nationality by its Destatis key; undefined for one that the list of nationalities lacks. */
export function stateOf(coded: Coded | undefined): Elements | undefined {
  return coded && keys.has(coded.code) ? { staatsangehoerigkeit: coded.code } : undefined;
}

/** The list's key for a nationality that is not stated. */
const NOT_STATED = "999";

/** Nationalities, at most four as the standard has places; the first of those typed count. One must stand. */
export function nationalities(codes: readonly Coded[]): readonly Elements[] {
  const known = codes.map(stateOf).filter((state) => state !== undefined);
  return known.length === 0 ? [{ staatsangehoerigkeit: NOT_STATED }] : known.slice(0, 4);
}

const formats = { pdf: "1", jpg: "2" } as const;

/** A document that can only stand in the message (`OZG.Dokument`). @throws Error if it does not */
export function inlineDocument({ base64, format }: PlacedDocument): Elements {
  if (base64 === undefined) throw new Error("This document must stand in the message");
  return { dokument: base64, dokumententyp: formats[format] };
}

/** The same with its name (`OZG.DokumentErweitert`). */
export function namedDocument(notes: Notes, document: PlacedDocument): Elements {
  return { ...inlineDocument(document), bezeichnung: notes.plain("bezeichnung", document.title) };
}

/** A document that stands in the message or follows under its UUID (`OZG.DokumentOderReferenz`). */
export function documentOrReference(notes: Notes, { id, base64, format, filename }: PlacedDocument): Elements {
  return {
    dokumentOderReferenz: base64 === undefined ? { dokumentuuid: id } : { dokument: base64 },
    dokumententyp: formats[format],
    dateiname: notes.plain("dateiname", filename),
  };
}

/** The same with its name (`OZG.DokumentOderReferenzErweitert`). */
export function namedReference(notes: Notes, document: PlacedDocument): Elements {
  return { ...documentOrReference(notes, document), bezeichnung: notes.plain("bezeichnung", document.title) };
}

/** What follows in packages (`AngabenDokumentenlieferung`); bytes are those of the archives before base64. */
export function deliveryOf(following: Following | undefined): Elements | undefined {
  return following && { anzahlDerPakete: following.packages, archivgroesse: following.bytes };
}
