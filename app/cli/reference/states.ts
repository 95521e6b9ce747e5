import type { CsvRow } from "#app/cli/reference/authorities.ts";

/** Former states that the list still needs as states of birth. */
const historic = new Set(["120", "132", "159", "162"]);
/** Keys that the official list gives no ISO code: ICAO 9303 or ISO 3166 codes used by the forms instead. */
const ownCodes: Readonly<Record<string, readonly [string, string]>> = {
  "185": ["GBD", ""],
  "459": ["PSE", "PS"],
  "997": ["XXA", ""],
  "998": ["XXX", ""],
};
/** Not for applicants: internal, "not stated", and former states whose ISO code a newer row carries. */
const dropped = new Set(["910", "999", "138", "133", "276"]);

type State = {
  key: string;
  iso3: string;
  iso2: string;
  name: string;
  nationality: string;
  /** Which lists hold the key: states of the world, nationalities, or both. */
  use: "both" | "state" | "nationality";
  historic?: true;
};

/** Joins the state list and the nationality list of Destatis by their common key. */
export function states(stateRows: readonly CsvRow[], nationalityRows: readonly CsvRow[]): State[] {
  const stateOf = new Map(stateRows.map((row) => [row["schluessel-staat"] ?? "", row]));
  const nationalityOf = new Map(
    nationalityRows.map((row) => [row["DESTATIS-Schluessel-Staatsangehoerigkeit"] ?? "", row]),
  );
  return [...new Set([...stateOf.keys(), ...nationalityOf.keys()])]
    .filter((key) => !dropped.has(key))
    .toSorted()
    .map((key) => {
      const [state, nationality] = [stateOf.get(key), nationalityOf.get(key)];
      const named = nationality?.["Staatsname-kurz"];
      const iso = ownCodes[key] ?? [
        nationality?.["ISO-3"] ?? state?.["iso-3"] ?? "",
        nationality?.["ISO-2"] ?? state?.["iso-2"] ?? "",
      ];
      const name =
        state?.["staatenname-kurz"] ?? (named === "–" ? undefined : named) ?? nationality?.["Suchbegriff"] ?? "";
      return {
        key,
        iso3: iso[0] ?? "",
        iso2: iso[1] ?? "",
        name,
        nationality: nationality?.["Staatsangehoerigkeit"] ?? state?.["staatsangehoerigkeit"] ?? "",
        use: state && nationality ? "both" : state ? "state" : "nationality",
        ...(historic.has(key) ? { historic: true as const } : {}),
      };
    });
}
