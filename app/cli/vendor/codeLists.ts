import { readFileSync } from "node:fs";
import { tableOf } from "#app/cli/vendor/table.ts";
import type { Standard } from "#flows/delivery/standard.ts";

/** Lists that a standard names and does not hold: where this service has their keys. */
const kept: Readonly<Record<string, string>> = {
  "Code.Staatsangehoerigkeit": "states.json",
  "Code.Zielstaat": "states.json",
  "Code.Geschlecht": "sex.json",
};

/** The value lists that messages use, as CSV by file name; `lists.csv` names all with version and origin. */
export function codeLists({ model }: Standard): Readonly<Record<string, string>> {
  const files: Record<string, string> = {};
  const index: Record<string, string>[] = [];
  for (const [name, { list, version, values, open }] of Object.entries(model.codes)) {
    const file = `${name}.csv`;
    const source = kept[name];
    if (values) {
      files[file] = tableOf(Object.entries(values).map(([code, text]) => ({ code, text })));
    } else if (source !== undefined) {
      files[file] = tableOf(
        JSON.parse(readFileSync(`config/reference/${source}`, "utf8")) as Readonly<Record<string, unknown>>[],
      );
    }
    index.push({
      type: name,
      list,
      version,
      versionInMessage: open === true ? "required" : "fixed by the schema",
      file: files[file] === undefined ? "" : file,
    });
  }
  return { ...files, "lists.csv": tableOf(index) };
}
