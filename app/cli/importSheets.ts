import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { env, EnvError } from "#app/env.server.ts";
import { sheetWords } from "#app/i18n/importWords.ts";
import { germanPdfWords } from "#app/i18n/words.ts";
import { codesOfReport } from "#app/import/sheets.ts";
import { renderFamilySheets } from "#app/pdf/familySheets.server.ts";

const USAGE = `npm run --silent import-sheets -- REPORT [PDF]
Makes a PDF from a report of "npm run import": a page for each family with its access code, to be given to it (docs/import.md).
Without a second name the PDF is REPORT.pdf; an existing file is never overwritten.
Exit 0 done, 1 no code stands in the report, 2 not asked rightly.`;

const PRIVATE = 0o600;

class WrongUse extends Error {}

function fileErrorOf(error: unknown, path: string): WrongUse {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
  return new WrongUse(code === "EEXIST" ? `${path} exists already. Name another one.` : `${path}: ${code}`);
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
  if (named === undefined || more.length > 0 || named.startsWith("-")) throw new WrongUse(USAGE);
  // npm changes to the root of the project and says where it was started.
  const from = process.env["INIT_CWD"] ?? process.cwd();
  const path = resolve(from, named);
  const families = codesOfReport(readReport(path));
  if (!families) throw new WrongUse(`${path} is no report of "npm run import".`);
  const [first, ...others] = families;
  if (!first) {
    process.stderr.write("No access code stands in this report.\n");
    return 1;
  }
  const { publicUrl, mode } = env();
  const made = {
    publicUrl,
    createdAt: new Date().toISOString(),
    demo: mode === "demo" ? germanPdfWords.text("demo") : undefined,
  };
  const pdf = resolve(from, target ?? `${path}.pdf`);
  save(pdf, await renderFamilySheets(first, others, made, sheetWords));
  process.stdout.write(`${JSON.stringify({ families: families.length, pdf })}\n`);
  return 0;
}

process.exitCode = await run(process.argv.slice(2)).catch((error: unknown) => {
  const isOurs = error instanceof WrongUse || error instanceof EnvError;
  process.stderr.write(`${isOurs ? error.message : "The sheets could not be made."}\n`);
  return 2;
});
