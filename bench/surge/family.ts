import { loadPersona } from "#app/cli/persona/file.ts";
import { entriesFor, type Answers } from "#tests/support/persona.ts";
import { bodyOf, readForm, readLink, readReference, type Filled, type Form } from "./form.ts";
import type { Page, Phone } from "./phone.ts";
import type { Tally } from "./tally.ts";

/** Every family name of a surge begins so: none may stand in a log. */
export const NAME = "SURGENKO";

const LANGUAGE = "uk";
const AUTHORITY = "potsdam";
const HOME = `/${LANGUAGE}/${AUTHORITY}`;
const MOST_PAGES = 80;
const HERE: Answers = { postalCode: "14467", place: "Potsdam", family: [] };
const PAPER = Buffer.from(`%PDF-1.7\n${"0".repeat(20_000)}\n%%EOF\n`);

const answersOf = (file: string): Answers => ({ ...loadPersona(`tests/personas/${file}.json`).answers, ...HERE });
const mother = answersOf("p9-mother");
const father = answersOf("p9-father");
const daughter = answersOf("p9-daughter");

/** Somebody who applies: what they type, and how they came to the household; the first one began it. */
type Person = { answers: Answers; relation?: "spouse" | "child" };

const LETTERS = "ABCDEFGHIKLMNOPRSTUVYZ";

/** A number in letters: names hold no figures. */
function spelt(number: number): string {
  const letter = LETTERS[number % LETTERS.length] ?? "";
  return number < LETTERS.length ? letter : `${spelt(Math.floor(number / LETTERS.length) - 1)}${letter}`;
}

/** The people of a family that fled together; nobody else in the run has its name or one of its passports. */
function peopleOf(family: number, size: number): Person[] {
  return Array.from({ length: size }, (_, member): Person => {
    const base = [mother, father][member] ?? daughter;
    const own = {
      familyName: `${NAME}${spelt(family)}`,
      givenNames: `${String(base["givenNames"])}${member > 1 ? ` ${spelt(member)}` : ""}`,
      familyNameOriginal: null,
      givenNamesOriginal: null,
      number: `X${String(family * 10 + member).padStart(7, "0")}`,
    };
    const isCouple = size > 1 && member < 2;
    const status = isCouple ? {} : { maritalStatus: "single", maritalStatusSince: null };
    const answers = { ...base, ...status, ...own };
    return member === 0 ? { answers } : { answers, relation: member === 1 ? "spouse" : "child" };
  });
}

/** The evidence of a person: a scan of the passport, the rest comes later. */
function evidenceOf({ controls }: Form): Filled {
  const codes = controls.flatMap(({ name, kind }) => (kind === "file" ? [name.replace(/\.files$/, "")] : []));
  const [nationality, ...rest] = codes;
  return {
    values: Object.fromEntries(rest.map((code) => [`${code}.later`, ["yes"]])),
    files: nationality === undefined ? {} : { [`${nationality}.files`]: PAPER },
  };
}

function filledBy(page: Page, form: Form, answers: Answers): Filled {
  if (form.isList) return { values: {} };
  if (page.path.endsWith("/evidence")) return evidenceOf(form);
  const names = new Set(form.controls.map(({ name }) => name));
  const entries = [...names].map((name) => [name, entriesFor(name, answers)] as const);
  return { values: Object.fromEntries(entries.filter(([, values]) => values.length > 0)) };
}

/** What was typed and did not come back. */
function missingIn(form: Form | undefined, { values }: Filled): string[] {
  const kept = new Map(form?.controls.map(({ name, value }) => [name, value]));
  return Object.entries(values).flatMap(([name, [typed]]) => (kept.get(name) === typed ? [] : [name]));
}

/** Fills and sends the form of a page, again and again while it comes back unsaved because the service is too full. */
async function press(phone: Phone, page: Page, answers: Answers): Promise<Page> {
  let shown = page;
  for (;;) {
    const form = readForm(shown.text);
    if (!form) throw new Error(`${shown.path} (${shown.status}) has no form`);
    const filled = filledBy(page, form, answers);
    shown = await phone.post(page.path, bodyOf(form, filled));
    if (shown.status !== 503) return shown;
    const lost = missingIn(readForm(shown.text), filled);
    if (lost.length > 0) throw new Error(`${page.path}: came back without ${lost.join(", ")}`);
    await phone.tryAgain();
  }
}

/** Goes from page to page to the receipt. */
async function apply(phone: Phone, begin: Page, { answers }: Person, { filings }: Tally): Promise<void> {
  const filing: Tally["filings"][number] = { kind: "application" };
  let page = begin;
  for (let count = 0; count < MOST_PAGES; count += 1) {
    if (page.status !== 200) throw new Error(`${page.path}: ${page.status}`);
    if (page.path.endsWith("/receipt")) {
      const reference = readReference(page.text);
      if (reference === undefined) throw new Error("a receipt without reference");
      filing.reference = reference;
      return;
    }
    if (page.path.endsWith("/review")) {
      if (filings.includes(filing)) throw new Error("the review came back");
      filings.push(filing);
    }
    const link = readLink(page.text);
    page = link === undefined ? await press(phone, page, answers) : await phone.open(link);
  }
  throw new Error(`no end after ${page.path}`);
}

/**
 * A family applies in one sitting on one phone: each person files, then the next begins.
 * @throws when a page refuses what is right
 */
export async function applyTogether(phone: Phone, family: number, size: number, tally: Tally): Promise<void> {
  for (const person of peopleOf(family, size)) {
    if (person.relation === undefined) {
      await apply(phone, await phone.open(`${HOME}/triage/place`), person, tally);
      continue;
    }
    const household = await phone.open(`${HOME}/household`);
    const form = readForm(household.text);
    if (!form) throw new Error(`household: ${household.status} without form`);
    const filled: Filled = { values: {}, press: ["person", person.relation] };
    await apply(phone, await phone.post(`${HOME}/household`, bodyOf(form, filled)), person, tally);
  }
}
