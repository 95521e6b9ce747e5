import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { authorities, districts, type CsvRow } from "#app/cli/reference/authorities.ts";
import { parseCsv } from "#app/cli/reference/csv.ts";
import { ukrainianLetters } from "#app/cli/reference/kmu55.ts";
import { latinTypes, messageLetters, mrzLetters } from "#app/cli/reference/latin.ts";
import { languages } from "#app/cli/reference/languages.ts";
import { documentKeys, maritalStatusKeys, options, sexKeys } from "#app/cli/reference/options.ts";
import { states } from "#app/cli/reference/states.ts";

/**
 * Rebuilds `config/reference` from the official lists: `node app/cli/import-reference.ts [SOURCE]`, where SOURCE is the
 * folder with `codelists-csv`, `din91379` and `geo` (default `../shared/standards`). Running it twice gives the same files.
 */
const source = process.argv[2] ?? join(process.cwd(), "../shared/standards");
const target = join(process.cwd(), "config/reference");

const read = async (path: string): Promise<CsvRow[]> => parseCsv(await readFile(join(source, path), "utf8"));
const lines = (rows: readonly object[]): string =>
  `[\n${rows.map((row) => `  ${JSON.stringify(row)}`).join(",\n")}\n]\n`;
const save = (name: string, content: string): Promise<void> => writeFile(join(target, name), content);

await mkdir(target, { recursive: true });
const municipalities = await read("codelists-csv/destatis_gemeinden_2026-04-30.csv");
const kreise = districts(await read("codelists-csv/destatis_kreis_2026-01-31.csv"), municipalities);
const places = (await read("geo/plz_ort_kreis_geonames_ccby.csv"))
  .map((row) => `${row["plz"]},${row["kreis_schluessel"]},${row["ort"]}`)
  .toSorted();

await save(
  "states.json",
  lines(
    states(
      await read("codelists-csv/destatis_staat_2024-08-01.csv"),
      await read("codelists-csv/destatis_staatsangehoerigkeit_2024-08-01.csv"),
    ),
  ),
);
await save(
  "maritalStatus.json",
  lines(options(maritalStatusKeys, await read("codelists-csv/dsmeld_familienstand_2.csv"), "key", "name")),
);
await save(
  "sex.json",
  lines(options(sexKeys, await read("codelists-csv/xinneres_geschlecht_1.csv"), "code", "beschreibung")),
);
await save(
  "documents.json",
  lines(options(documentKeys, await read("codelists-csv/dsmeld_pass_ausweisdokumente_5.csv"), "key", "name")),
);
await save("languages.json", lines(languages(await read("codelists-csv/xauslaender_sprachenkatalog_11.csv"))));
const characters = await read("din91379/din91379_chars.csv");
await save("din91379.json", `${JSON.stringify(latinTypes(characters), undefined, 2)}\n`);
await save("din91379c.json", `${JSON.stringify(messageLetters(characters), undefined, 2)}\n`);
await save("mrzLetters.json", `${JSON.stringify(mrzLetters(characters), undefined, 2)}\n`);
const ukrainian = ukrainianLetters(await read("din91379/ukrainian_kmu55_2010.csv"));
await save("kmu55.json", `${JSON.stringify(ukrainian, undefined, 2)}\n`);
await save("districts.json", lines(kreise));
await save("abh.json", lines(authorities(await read("geo/abh_zustaendigkeit_heuristik.csv"), kreise, municipalities)));
await save("places.csv", `plz,kreis,place\n${[...new Set(places)].join("\n")}\n`);
