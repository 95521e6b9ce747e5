import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { asTyped } from "#app/cli/paths.mjs";
import { differences } from "#app/cli/persona/compare.ts";
import { badFile, PersonaFault } from "#app/cli/persona/fault.ts";
import { loadPersona } from "#app/cli/persona/file.ts";
import { applyAt, requireSameDay, type Applied } from "#app/cli/persona/apply.ts";
import { judge } from "#app/cli/persona/judge.ts";
import { deployed } from "#app/config/deployed.ts";
import { loadConfig } from "#app/config/load.server.ts";
import { lawRows } from "#flows/law/rows.ts";

/**
 * `npm run --silent persona -- FILE [--base URL]`: what the service makes of a person described in a file, as one JSON
 * object; with `--base` it also applies at a running service as a browser without script does (architecture 11).
 * Exit 0: outcome reached, or accepted with `--base`; 1: not, or other than the file expects; 2: the file is wrong.
 */
async function run(args: readonly string[]): Promise<number> {
  const { path, base } = argumentsOf(args);
  const persona = loadPersona(path);
  const config = loadConfig({
    root: process.cwd(),
    environment: process.env["CONFIG_ENV"] || "demo",
    mode: "demo",
    known: deployed,
  });
  if (base) await requireSameDay(base, persona.today);
  const judgement = judge(persona, { authorities: config.authorities, lawRows });
  let applied: Applied | undefined;
  if (base) applied = await applyAt(base, persona, judgement);
  const report = { ...judgement.report, ...applied };
  console.log(JSON.stringify(report, null, 2));
  const expected = { ...(persona.service === undefined ? {} : { service: persona.service }), ...persona.expect };
  const wrong = differences(expected, report);
  for (const line of wrong) console.error(line);
  if (applied && applied.status !== "accepted") console.error(`status: ${applied.status ?? "nothing was filed"}`);
  return wrong.length > 0 || (applied && applied.status !== "accepted") ? 1 : 0;
}

function argumentsOf(args: readonly string[]): { path: string; base: URL | undefined } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { base: { type: "string" } },
      allowPositionals: true,
    });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new Error("one persona file is needed");
    const typed = asTyped(file);
    return {
      path: existsSync(typed) ? typed : resolve(file),
      base: values.base ? new URL(values.base) : undefined,
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : "";
    throw badFile(`${reason}\nUsage: npm run --silent persona -- FILE [--base URL]`);
  }
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof PersonaFault)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}
