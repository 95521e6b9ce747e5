import documents from "#config/reference/documents.json" with { type: "json" };
import languages from "#config/reference/languages.json" with { type: "json" };
import maritalStatusList from "#config/reference/maritalStatus.json" with { type: "json" };
import sexList from "#config/reference/sex.json" with { type: "json" };
import states from "#config/reference/states.json" with { type: "json" };

/** A code of an official list, as payloads carry it; of a language with its key in the Ausländerzentralregister. */
export type Code = { code: string; text: string; list: string; listVersion: string; azr?: string };

const list = {
  state: ["urn:de:bund:destatis:bevoelkerungsstatistik:schluessel:staat", "2024-08-01"],
  nationality: ["urn:de:bund:destatis:bevoelkerungsstatistik:schluessel:staatsangehoerigkeit", "2024-08-01"],
  maritalStatus: ["urn:de:dsmeld:schluesseltabelle:familienstand", "2"],
  sex: ["urn:xoev-de:xinneres:codeliste:geschlecht", "1"],
  document: ["urn:de:dsmeld:schluesseltabelle:pass.und.ausweisdokumente", "5"],
  language: ["urn:xoev-de:xauslaender:codeliste:sprachenkatalog", "11"],
} as const;

const inList = (name: keyof typeof list, code: string, text: string): Code => ({
  code,
  text,
  list: list[name][0],
  listVersion: list[name][1],
});

/** Codes that other systems use for Kosovo; the list has the provisional `XXK`. */
const aliases: Readonly<Record<string, string>> = { RKS: "XXK", XKX: "XXK" };
const stateByIso = new Map(states.map((state) => [state.iso3, state]));
const stateOf = (iso3: string): (typeof states)[number] | undefined => stateByIso.get(aliases[iso3] ?? iso3);

/** Ids of states to choose from: of today, or with former ones for the state of birth. */
export function stateIds({ historic }: { historic: boolean }): string[] {
  const withoutTerritory = new Set(["XXA", "XXX", "GBD"]);
  return states
    .filter((state) => !withoutTerritory.has(state.iso3) && (historic || !("historic" in state)))
    .map((state) => state.iso3);
}

/** Ids of nationalities to choose from, with stateless and unclear, without former states. */
export function nationalityIds(): string[] {
  return states.filter((state) => state.use !== "state" && !("historic" in state)).map((state) => state.iso3);
}

/** ISO 3166-1 alpha-2 by alpha-3, for names in other languages; former states have none, their codes were given away. */
export function iso2Of(): Readonly<Record<string, string>> {
  const current = states.filter((state) => state.iso2 !== "" && !("historic" in state));
  return Object.fromEntries(current.map((state) => [state.iso3, state.iso2]));
}

/** The Destatis key of a state by ISO 3166-1 alpha-3; former states and territories come from the nationality list. */
export function stateCode(iso3: string): Code | undefined {
  const state = stateOf(iso3);
  return state && inList(state.use === "nationality" ? "nationality" : "state", state.key, state.name);
}

/** The Destatis key of a nationality by ISO 3166-1 alpha-3; `XXA` is stateless, `XXX` unclear (ICAO 9303 part 3). */
export function nationalityCode(iso3: string): Code | undefined {
  const state = stateOf(iso3);
  return state && state.use !== "state" ? inList("nationality", state.key, state.nationality) : undefined;
}

const option =
  (name: keyof typeof list, rows: readonly { id: string; code: string; text: string }[]) =>
  (id: string): Code | undefined => {
    const row = rows.find((candidate) => candidate.id === id);
    return row && inList(name, row.code, row.text);
  };

/** The DSMeld key of an answer on marital status; XAusländer uses the same keys. */
export const maritalStatusCode = option("maritalStatus", maritalStatusList);
/** The XInneres code of an answer on sex. */
export const sexCode = option("sex", sexList);
/** The DSMeld key of a kind of identity paper; "none" has no code. */
export const documentCode = option("document", documents);

/** Answers on language (ISO 639-1) by the keys of the catalogue (ISO 639-3). */
const languageKeys: Readonly<Record<string, string>> = { de: "deu", en: "eng", uk: "ukr", ru: "rus", ar: "ara" };

/** The catalogue's key of an answer on language, with that of the Ausländerzentralregister; "other" has none. */
export function languageCode(id: string): Code | undefined {
  const row = languages.find(({ iso }) => iso === languageKeys[id]);
  return row && { ...inList("language", row.iso, row.name), azr: row.azr };
}
