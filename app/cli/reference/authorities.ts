/** One row of a source file by column name. */
export type CsvRow = Readonly<Record<string, string>>;

/** A Landkreis or kreisfreie Stadt. */
export type District = { kreis: string; name: string; land: string; isCity: boolean };

/** Kreis keys whose authority is known for certain: Brandenburg and Berlin (domain 4, R2 and R3). */
const isConfirmed = (kreis: string): boolean => kreis.startsWith("12") || kreis === "11000";
const saarland = { name: "Zentrale Ausländerbehörde des Saarlandes, Lebach", bhknz: "068100" };
/** States that say "Kreis" where others say "Landkreis". */
const saysKreis = new Set(["01", "05"]);

/** A name of the official list without the addition after the comma (`Potsdam, Stadt`) and without a second language. */
export function plainName(name: string): string {
  return name.replace(/[,/].*$/, "").trim();
}

/** The 401 districts; rows of city districts are left out. */
export function districts(rows: readonly CsvRow[], municipalities: readonly CsvRow[]): District[] {
  const cities = new Set(municipalities.map((row) => row["ags"]));
  const inUse = new Set(municipalities.filter((row) => row["stadtteil"] !== "1").map((row) => row["ags"]?.slice(0, 5)));
  return rows
    .filter((row) => /^\d{5}$/.test(row["SCHLUESSEL"] ?? "") && !row["Hinweis"] && inUse.has(row["SCHLUESSEL"]))
    .map((row) => {
      const kreis = row["SCHLUESSEL"] ?? "";
      const isCity = cities.has(`${kreis}000`);
      return {
        kreis,
        name: districtName(kreis, plainName(row["Bezeichnung"] ?? ""), isCity),
        land: kreis.slice(0, 2),
        isCity,
      };
    });
}

function districtName(kreis: string, name: string, isCity: boolean): string {
  if (isCity || /kreis|region|verband/i.test(name)) return name;
  return `${saysKreis.has(kreis.slice(0, 2)) ? "Kreis" : "Landkreis"} ${name}`;
}

/** The authority of a district, or of one town within it when `municipality` is given. */
export type AuthorityRow = {
  kreis: string;
  municipality?: string;
  /** 12-digit regional key of the area. */
  ars: string;
  name: string;
  /** Number of the authority in the BAMF list, used as `azr:<bhknz>`; empty where the list has none. */
  bhknz: string;
  certainty: "confirmed" | "assumed";
};

function nameOf(district: District): string {
  if (district.kreis === "11000") return "Landesamt für Einwanderung Berlin (LEA)";
  return district.kreis.startsWith("10") ? saarland.name : `Ausländerbehörde ${district.name}`;
}

/** One authority a district, and one more for each town that has its own outside Brandenburg and Berlin. */
export function authorities(
  list: readonly CsvRow[],
  kreise: readonly District[],
  municipalities: readonly CsvRow[],
): AuthorityRow[] {
  const offices = list.filter((row) => row["behoerdenart"] === "Ausländerbehörde");
  const arsOf = new Map(municipalities.map((row) => [row["ags"], row["ars"] ?? ""]));
  return kreise.flatMap((district) => {
    const { kreis } = district;
    const own = offices.find((row) =>
      district.isCity ? row["ags"] === `${kreis}000` : row["ebene"] === "kreis" && row["kreis_schluessel"] === kreis,
    );
    const whole: AuthorityRow = {
      kreis,
      ars: `${kreis}0000000`,
      name: nameOf(district),
      bhknz: own?.["bhknz"] ?? (kreis.startsWith("10") ? saarland.bhknz : ""),
      certainty: isConfirmed(kreis) ? "confirmed" : "assumed",
    };
    if (district.isCity || isConfirmed(kreis)) return [whole];
    const towns = offices.filter((row) => row["ebene"] === "gemeinde" && row["kreis_schluessel"] === kreis);
    const seen = new Map(towns.map((row) => [row["ags"] ?? "", row]));
    return [whole, ...[...seen].map(([ags, row]) => townAuthority(kreis, row, arsOf.get(ags) ?? ""))];
  });
}

function townAuthority(kreis: string, row: CsvRow, ars: string): AuthorityRow {
  const municipality = plainName(row["gemeinde"] ?? "");
  return {
    kreis,
    municipality,
    ars,
    name: `Ausländerbehörde ${municipality}`,
    bhknz: row["bhknz"] ?? "",
    certainty: "assumed",
  };
}
