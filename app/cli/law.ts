import { parseArgs } from "node:util";
import { berlinDate } from "#app/i18n/format.ts";
import { endingRows, lawTable } from "#app/cli/law/table.ts";
import { isIsoDate } from "#flows/engine/dates.ts";
import { lawRows } from "#flows/law/rows.ts";

/**
 * `npm run law -- [--on YYYY-MM-DD] [--strict]`: the rows of the law in force on a day (today in Berlin if none is given)
 * with value, source and what nobody has verified. `--strict` also names the rows that end within 60 days without a
 * successor and then exits with 1. Exit 2: the day is none.
 */
function run(): number {
  const { values } = parseArgs({ options: { on: { type: "string" }, strict: { type: "boolean", default: false } } });
  const day = values.on ?? berlinDate(new Date());
  if (!isIsoDate(day)) {
    console.error(`--on: "${day}" is not a date. Usage: npm run law -- [--on YYYY-MM-DD] [--strict]`);
    return 2;
  }
  console.log(lawTable(lawRows, day).join("\n"));
  if (!values.strict) return 0;
  const ending = endingRows(lawRows, day);
  for (const { id, validTo } of ending) console.error(`${id} ends on ${validTo ?? ""} and nothing follows`);
  return ending.length > 0 ? 1 : 0;
}

process.exitCode = run();
