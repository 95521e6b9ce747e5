import { parseArgs } from "node:util";
import { countGaps, gapsOf } from "#app/cli/locales/gaps.ts";
import { offGlossary, readGlossary } from "#app/cli/locales/glossary.ts";
import { accepted, stalenessOf, statesOf, writeStates } from "#app/cli/locales/state.ts";
import { textsOf, toTranslate, wordFolders } from "#app/cli/locales/texts.ts";
import { leadingLanguage } from "#locales/languages.ts";

const usage = `npm run locales                     coverage, staleness and glossary of every translation; exit 1 on gaps
npm run locales -- --accept LNG     records that the translations of LNG fit the German texts of today
npm run locales -- --reviewed LNG   the same, and that a speaker of LNG read them all`;

const { values, positionals } = parseArgs({
  options: { accept: { type: "string" }, reviewed: { type: "string" }, help: { type: "boolean" } },
  allowPositionals: true,
  strict: true,
});

const translations = wordFolders().filter((language) => language !== leadingLanguage);
const german = toTranslate(textsOf(leadingLanguage));

function record(language: string, state: "machine" | "reviewed"): void {
  if (!translations.includes(language)) {
    console.error(`locales: "${language}" is no translation; there are ${translations.join(", ")}`);
    process.exit(2);
  }
  writeStates(language, accepted(textsOf(language), german, statesOf(language), state));
}

/** Shows at most as many lines as fit on a screen. */
function list(title: string, keys: readonly string[]): void {
  if (keys.length === 0) return;
  console.log(`    ${title}: ${keys.length}`);
  for (const key of keys.slice(0, 20)) console.log(`      ${key}`);
  if (keys.length > 20) console.log(`      … and ${keys.length - 20} more`);
}

function report(): number {
  console.log(`${leadingLanguage}  leads with ${german.size} texts`);
  const glossary = readGlossary();
  let gapsInAll = 0;
  for (const language of translations) {
    const texts = textsOf(language);
    const gaps = gapsOf(language, texts, german);
    const { machine, reviewed, stale, unrecorded } = stalenessOf(texts, german, statesOf(language));
    const count = countGaps(gaps);
    gapsInAll += count;
    const expected = texts.size + gaps.missing.length + gaps.pluralForms.length - gaps.superfluous.length;
    const coverage = Math.floor(((texts.size - gaps.superfluous.length) / expected) * 1000) / 10;
    console.log(
      `${language}  ${coverage} % of ${expected} texts · ${machine} machine · ${reviewed} reviewed · ` +
        `${stale.length} stale · ${unrecorded.length} unrecorded · ${count} gaps`,
    );
    for (const [title, keys] of Object.entries(gaps)) list(title, keys);
    list("stale", stale);
    list("not the word of the glossary", offGlossary(language, texts, german, glossary));
  }
  return gapsInAll === 0 ? 0 : 1;
}

if (values.help || positionals.length > 0) {
  console.log(usage);
  process.exitCode = values.help ? 0 : 2;
} else if (values.accept !== undefined) record(values.accept, "machine");
else if (values.reviewed !== undefined) record(values.reviewed, "reviewed");
else process.exitCode = report();
