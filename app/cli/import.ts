import { randomBytes } from "node:crypto";
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { lockHolder, SERVICE_LOCK, takeLock } from "#app/cli/lock.mjs";
import { asTyped } from "#app/cli/paths.mjs";
import { Obstacle } from "#app/cli/say.mjs";
import { settingsOf } from "#app/config/settings.ts";
import type { App } from "#app/context.server.ts";
import { createApp } from "#app/createApp.server.ts";
import { env, EnvError } from "#app/env.server.ts";
import { importableAt } from "#app/import/authorities.ts";
import { MOST_BYTES } from "#app/import/read.ts";
import { csvHead, csvLines, linesOf, reportLines } from "#app/import/report.ts";
import { importFile, type ImportReport } from "#app/import/run.server.ts";
import { ACCESS_BYTES } from "#app/store/access-code.ts";

const USAGE = `npm run --silent import -- FILE --authority ID [--report FILE]
Files the families of a CSV or JSON file for temporary protection (docs/import.md). The report says row by row what became of it
and holds the access codes of the families, which stand nowhere else: keep it safe. Without --report it is FILE.report.csv.
Run it again after a breakdown: what is filed is never filed twice.
Exit 0 all filed, 1 something has to be mended, 2 not asked rightly or no database.`;

const PRIVATE = 0o600;

function argumentsOf(args: readonly string[]): { file: string; authority: string; report: string } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { authority: { type: "string" }, report: { type: "string" } },
      allowPositionals: true,
    });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0 || values.authority === undefined) throw new Error("incomplete");
    const path = asTyped(file);
    return {
      file: path,
      authority: values.authority,
      report: values.report === undefined ? `${path}.report.csv` : asTyped(values.report),
    };
  } catch {
    throw new Obstacle(USAGE);
  }
}

/** A report that is on the disk line by line: no access code is lost if the process ends in the middle. */
function openReport(path: string) {
  if (existsSync(path)) throw new Obstacle(`${path} exists and may hold access codes. Name another one with --report.`);
  const file = openSync(path, "wx", PRIVATE);
  writeSync(file, csvHead);
  return {
    add: (text: string) => {
      writeSync(file, text);
      fsyncSync(file);
    },
    close: () => closeSync(file),
  };
}

function requireAlone(dataDir: string): void {
  const lock = join(dataDir, SERVICE_LOCK);
  // Two processes in one embedded database lose rows silently.
  if (takeLock(lock).ok) return;
  throw new Obstacle(
    `The service runs on the embedded database (process ${lockHolder(lock)?.pid ?? "unknown"}), which takes one process only.\n` +
      "Stop it first, or use the page /helper/import.",
  );
}

async function run(app: App, { file, authority: id, report: path }: ReturnType<typeof argumentsOf>) {
  const authority = importableAt(app.config.authorities).find((one) => one.id === id);
  if (!authority) throw new Obstacle(`"${id}" is no authority that takes such applications here.`);
  const bytes = statSync(file).size > MOST_BYTES ? new Uint8Array(MOST_BYTES + 1) : readFileSync(file);
  const report = openReport(path);
  const { extraQuestions } = settingsOf(authority, "de");
  try {
    const result = await importFile(app, {
      authority,
      bytes,
      codeFor: () => randomBytes(ACCESS_BYTES),
      tell: (family) => report.add(csvLines(linesOf(family, extraQuestions), extraQuestions)),
    });
    if (!result.ok) report.add(csvLines(reportLines(result)));
    return result;
  } finally {
    report.close();
  }
}

function conclude(result: ImportReport, path: string): 0 | 1 {
  process.stderr.write(`The report is ${path}\n`);
  if (result.ok && result.counts.filed > 0)
    process.stderr.write(`A sheet with its access code for each family: npm run --silent import-sheets -- ${path}\n`);
  const counts = result.ok ? result.counts : { problem: result.problem.code };
  process.stdout.write(`${JSON.stringify(counts)}\n`);
  return result.ok && result.counts.stopped === 0 ? 0 : 1;
}

async function main(args: readonly string[]): Promise<number> {
  const asked = argumentsOf(args);
  if (!existsSync(asked.file)) throw new Obstacle(`${asked.file} does not exist.`);
  const environment = { ...env(), worker: false };
  if (environment.databaseUrl === undefined) requireAlone(environment.dataDir);
  const app = await createApp(environment, process.cwd());
  try {
    return conclude(await run(app, asked), asked.report);
  } finally {
    for (const { close } of app.transports.values()) await close?.();
    await app.images.close();
    await app.database.close();
  }
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  // Messages of drivers may quote addresses with passwords.
  const isOurs = error instanceof Obstacle || error instanceof EnvError;
  const said = error instanceof Error ? error.name : "unknown";
  process.stderr.write(`${isOurs ? error.message : `The import ended early (${said}). Run it again.`}\n`);
  return 2;
});
