import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const ars = z.string().regex(/^\d{12}$/);
const kreis = z.string().regex(/^\d{5}$/);

const districtRow = z.object({ kreis, name: z.string(), land: z.string().regex(/^\d{2}$/), isCity: z.boolean() });
const authorityRow = z.object({
  kreis,
  municipality: z.string().optional(),
  ars,
  name: z.string(),
  bhknz: z.string().regex(/^(\d{6})?$/),
  certainty: z.enum(["confirmed", "assumed"]),
});
const centralRow = z.object({ land: z.string().regex(/^\d{2}$/), name: z.string(), ars, verified: z.boolean() });
const placeRow = z.object({ plz: z.string().regex(/^\d{5}$/), kreis, place: z.string().min(1) });

/** A Landkreis or kreisfreie Stadt by its 5-digit key. */
export type District = z.infer<typeof districtRow>;
/** A place with its postal code and district. */
export type Place = { plz: string; place: string; kreis: string; kreisName: string };
/**
 * The authority of an area: `ars` is the 12-digit regional key, `bhknz` the number in the BAMF list or empty. Only
 * `confirmed` rows were checked; `assumed` ones match names and are reviewed by the operator.
 */
export type Authority = { kreis: string; ars: string; name: string; bhknz: string; certainty: "confirmed" | "assumed" };
/** Who is competent for a residence (§ 71 AufenthG with the law of the states). */
export type Competence =
  ({ kind: "found" } & Authority) | { kind: "ambiguous"; options: readonly Authority[] } | { kind: "unknown" };

const folder = join(process.cwd(), "config/reference");
const readText = (name: string): string => readFileSync(join(folder, name), "utf8");
const readRows = <T>(name: string, row: z.ZodType<T>): T[] => z.array(row).parse(JSON.parse(readText(name)));

function readPlaces(): Map<string, Place[]> {
  const byPlz = new Map<string, Place[]>();
  for (const line of readText("places.csv").trimEnd().split("\n").slice(1)) {
    const [plz, kreisKey, ...place] = line.split(",");
    const row = placeRow.parse({ plz, kreis: kreisKey, place: place.join(",") });
    const found = { plz: row.plz, place: row.place, kreis: row.kreis, kreisName: districtNames.get(row.kreis) ?? "" };
    byPlz.set(row.plz, [...(byPlz.get(row.plz) ?? []), found]);
  }
  return byPlz;
}

const districtList = readRows("districts.json", districtRow);
const districtNames = new Map(districtList.map((row) => [row.kreis, row.name]));
const authorityList = readRows("abh.json", authorityRow);
const centralBodies = readRows("fastTrack.json", centralRow);
const places = readPlaces();

/** Spelling that people vary: accents, umlauts written out, ß, hyphens, spaces and case. */
function folded(name: string): string {
  return name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replace(/([aou])e/g, "$1")
    .replace(/[^a-z0-9]/g, "");
}

function toAuthority(row: z.infer<typeof authorityRow>): Authority {
  return { kreis: row.kreis, ars: row.ars, name: row.name, bhknz: row.bhknz, certainty: row.certainty };
}

/** All districts, for a choice by hand. */
export function districts(): readonly District[] {
  return districtList;
}

/** The authority of a whole district, e.g. after a choice by hand. */
export function authorityOfDistrict(key: string): Authority | undefined {
  const row = authorityList.find((candidate) => candidate.kreis === key && candidate.municipality === undefined);
  return row && toAuthority(row);
}

/** Every place of every postal code. */
export function allPlaces(): readonly Place[] {
  return [...places.values()].flat();
}

/**
 * The body of a Land that runs the fast track of § 81a AufenthG for all of its districts, if it has one; otherwise the
 * authority at the employer's place is competent.
 */
export function fastTrackBody(kreisKey: string): Authority | undefined {
  const found = centralBodies.find(({ land }) => kreisKey.startsWith(land));
  return (
    found && {
      kreis: kreisKey,
      ars: found.ars,
      name: found.name,
      bhknz: "",
      certainty: found.verified ? "confirmed" : "assumed",
    }
  );
}

/** The places of a postal code; empty if it is unknown. */
export function findPlaces(plz: string): readonly Place[] {
  return places.get(plz) ?? [];
}

/** True if a place is the town itself or one of its parts named after it (`Aalen Wasseralfingen`). */
function isPartOf(place: string, municipality: string): boolean {
  const town = municipality.replace(/ \(.*$/, "");
  const startsWithTown = [" ", "-"].some((gap) => place.toLowerCase().startsWith(`${town.toLowerCase()}${gap}`));
  return startsWithTown || folded(place) === folded(town);
}

/** True if the place is a town that is a district of its own: its parts are listed by their own names. */
function isTown(key: string, place: string): boolean {
  return districtList.some(({ kreis: own, name, isCity }) => own === key && isCity && folded(name) === folded(place));
}

/** Authorities of one district that may be meant: a town's own one, the district's, or both if the place does not tell. */
function inDistrict(key: string, place: string, listed: readonly Place[]): Authority[] {
  const rows = authorityList.filter((row) => row.kreis === key);
  const towns = rows.filter((row) => row.municipality !== undefined);
  const whole = rows.filter((row) => row.municipality === undefined);
  const named = towns.filter((row) => isPartOf(place, row.municipality ?? ""));
  if (named.length > 0) return named.map(toAuthority);
  // A part of town may carry a name of its own, so a town sharing the postal code stays possible.
  const near = towns.filter((row) =>
    listed.some((other) => other.kreis === key && isPartOf(other.place, row.municipality ?? "")),
  );
  return [...near, ...whole].map(toAuthority);
}

/**
 * The authority for a postal code and place. A postal code that reaches into several districts needs the place; a place
 * that the postal code does not list counts only if all of its places have one authority, and is then `assumed`.
 */
export function competentFor(plz: string, place: string): Competence {
  const listed = findPlaces(plz);
  const named = listed.filter((row) => folded(row.place) === folded(place) || isTown(row.kreis, place));
  const keys = new Set((named.length > 0 ? named : listed).map((row) => row.kreis));
  const found = [...keys].flatMap((key) => inDistrict(key, place, listed));
  const [first] = found;
  if (!first) return { kind: "unknown" };
  if (found.length > 1) return { kind: "ambiguous", options: found };
  return { kind: "found", ...first, certainty: named.length > 0 ? first.certainty : "assumed" };
}
