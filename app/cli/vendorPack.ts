import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { writeCases } from "#app/cli/vendor/cases.ts";
import { codeLists } from "#app/cli/vendor/codeLists.ts";
import { samplesOf } from "#app/cli/vendor/samples.ts";
import { standards } from "#flows/delivery/standards.ts";

const USAGE = `usage: npm run vendor-pack -- DIR [--certificate FILE.pem]
  writes all that a vendor of case-management software needs into the empty or new folder DIR;
  messages of the contract tests are encrypted for the certificate, or plain without one`;

/** What the pack's own tests need to validate answers. */
const packageFile = {
  name: "aufenthalt-online-vendor-pack",
  private: true,
  type: "module",
  scripts: { test: "node contract/run.mjs" },
  dependencies: { "libxml2-wasm": "0.7.2" },
};

/** Documents of the project that explain the pack, by their name in it. */
const documents = { "README.md": "docs/fachverfahren.md", "drop.md": "docs/drop.md" } as const;

/** Links lead to what is in the pack; of everything else in the project the name stays. */
function inPack(text: string): string {
  return text.replace(/\[([^\]]+)\]\(([^)]+)\)/g, (link, words: string, target: string) =>
    Object.hasOwn(documents, target) || /^https?:/.test(target) ? link : `${words} of the project`,
  );
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** Writes the pack. Exit 0: written; 2: wrong arguments, or the folder holds something already. */
async function run(): Promise<number> {
  const { values, positionals } = parseArgs({ options: { certificate: { type: "string" } }, allowPositionals: true });
  const [given] = positionals;
  const [standard] = standards;
  if (given === undefined || positionals.length > 1 || !standard) {
    console.error(USAGE);
    return 2;
  }
  const pack = resolve(given);
  if (existsSync(pack) && readdirSync(pack).length > 0) {
    console.error(`${given} is not empty. Name a new folder.`);
    return 2;
  }
  const certificate = values.certificate === undefined ? undefined : resolve(values.certificate);
  if (certificate !== undefined && !existsSync(certificate)) {
    console.error(`--certificate: there is no file ${values.certificate ?? ""}`);
    return 2;
  }
  cpSync("public/schemas", join(pack, "schemas"), { recursive: true });
  for (const [name, source] of Object.entries(documents)) write(join(pack, name), inPack(readFileSync(source, "utf8")));
  for (const [name, text] of Object.entries(codeLists(standard))) write(join(pack, "codelists", name), text);
  const samples = await samplesOf(standard);
  for (const { group, persona, payload, written } of samples) {
    const name = join(pack, "samples", group, `${payload.service.id}-${persona}`);
    write(`${name}.json`, `${JSON.stringify(payload, undefined, 2)}\n`);
    write(`${name}.${written.type}.xml`, written.xml);
  }
  const cases = await writeCases(pack, samples, standard, certificate);
  rmSync(join(pack, "contract", "gateway"), { recursive: true });
  write(join(pack, "contract", "cases.json"), `${JSON.stringify(cases, undefined, 2)}\n`);
  copyFileSync("app/cli/vendor/contract.mjs", join(pack, "contract", "run.mjs"));
  write(join(pack, "package.json"), `${JSON.stringify(packageFile, undefined, 2)}\n`);
  console.log(`Wrote ${samples.length} samples and ${cases.length} messages of the contract tests to ${given}`);
  return 0;
}

process.exitCode = await run();
