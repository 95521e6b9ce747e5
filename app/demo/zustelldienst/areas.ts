import { simulatedName } from "./destinations.ts";
import type { Destination } from "./model.ts";

const WHOLE_COUNTRY = "0";
const TYPES: Record<number, string> = {
  0: "Staat",
  2: "Land",
  3: "Regierungsbezirk",
  5: "Kreis oder kreisfreie Stadt",
  9: "Gemeindeverband",
  12: "Gemeinde",
};

/** An area as the routing service lists it, with the words by which it is found. */
export interface Area {
  id: string;
  name: string;
  type: string;
  /** What a search looks through: name and postal address. */
  words: string;
}

/** Digits of a region without its country; none for the whole country. */
export function digitsOf(region: string): string {
  return region.replace(/^DE/, "");
}

/** Id of the area of a region. */
function areaIdOf(region: string): string {
  return digitsOf(region) || WHOLE_COUNTRY;
}

/** Digits of the regional key behind an area id. */
export function digitsOfArea(areaId: string): string {
  return areaId === WHOLE_COUNTRY ? "" : areaId;
}

/**
 * The areas this simulator knows: the regions of active destinations, under the name of the first authority that
 * serves them, since it has no gazetteer.
 */
export function areasOf(destinations: Iterable<Destination>): Area[] {
  const areas = new Map<string, Area>();
  for (const { status, name, publicServices, contactInformation } of destinations) {
    if (status !== "active") continue;
    for (const region of publicServices.flatMap(({ regions }) => regions)) {
      const id = areaIdOf(region);
      if (areas.has(id)) continue;
      const type = TYPES[digitsOf(region).length] ?? "Gebiet";
      const words = `${name} ${JSON.stringify(contactInformation ?? {})}`;
      areas.set(id, { id, name: simulatedName(name), type, words });
    }
  }
  return [...areas.values()].toSorted((left, right) => left.id.localeCompare(right.id));
}

/** Areas that every term fits; a term fits a whole word of name or address, `*` stands for any characters. */
export function searchAreas(areas: readonly Area[], terms: readonly string[]) {
  const patterns = terms.map(patternOf);
  return areas
    .filter(({ words }) => patterns.every((pattern) => pattern.test(words)))
    .map(({ id, name, type }) => ({ id, name, type }));
}

function patternOf(term: string): RegExp {
  const parts = term.split(/\*+/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`(?:^|[^\\p{L}\\d])${parts.join("[\\p{L}\\d-]*")}(?![\\p{L}\\d])`, "iu");
}
