import { readFileSync, writeFileSync } from "node:fs";
import { asTyped } from "#app/cli/paths.mjs";
import { Obstacle } from "#app/cli/say.mjs";
import { env, EnvError } from "#app/env.server.ts";
import { sheetWords } from "#app/i18n/importWords.ts";
import { germanDemoMark } from "#app/i18n/words.ts";
import { codesOfReport } from "#app/import/sheets.ts";
import { renderFamilySheets } from "#app/pdf/familySheets.server.ts";

const USAGE = `npm run --silent import-sheets -- REPORT [PDF]
Makes a PDF from a report of "npm run import": a page for each family with its access code, to be given to it (docs/import.md).
Without a second name the PDF is REPORT.pdf; an existing file is never overwritten.
Exit 0 done, 1 no code stands in the report, 2 not asked rightly.`;

const PRIVATE = 0o600;

function fileErrorOf(error: unknown, path: string): Obstacle {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
  return new Obstacle(code === "EEXIST" ? `${path} exists already. Name another one.` : `${path}: ${code}`);
}

function readReport(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw fileErrorOf(error, path);
  }
}

function save(path: string, bytes: Uint8Array): void {
  try {
    writeFileSync(path, bytes, { mode: PRIVATE, flag: "wx" });
  } catch (error) {
    throw fileErrorOf(error, path);
  }
}

async function run([named, target, ...more]: readonly string[]): Promise<0 | 1> {
  if (named === undefined || more.length > 0 || named.startsWith("-")) throw new Obstacle(USAGE);
  const path = asTyped(named);
  const families = codesOfReport(readReport(path));
  if (!families) throw new Obstacle(`${path} is no report of "npm run import".`);
  const [first, ...others] = families;
  if (!first) {
    process.stderr.write("No access code stands in this report.\n");
    return 1;
  }
  const environment = env();
  const { publicUrl } = environment;
  const made = { publicUrl, createdAt: new Date().toISOString(), demo: germanDemoMark(environment) };
  const pdf = target === undefined ? `${path}.pdf` : asTyped(target);
  save(pdf, await renderFamilySheets(first, others, made, sheetWords));
  process.stdout.write(`${JSON.stringify({ families: families.length, pdf })}\n`);
  return 0;
}

process.exitCode = await run(process.argv.slice(2)).catch((error: unknown) => {
  const isOurs = error instanceof Obstacle || error instanceof EnvError;
  process.stderr.write(`${isOurs ? error.message : "The sheets could not be made."}\n`);
  return 2;
});
