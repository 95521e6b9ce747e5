import { personaFile, readPersona, type TestPersona } from "../support/persona.ts";
import { referenceOf } from "../support/applicant.ts";
import type { PlainBrowser, PlainFile, PlainPage } from "../support/plainBrowser.ts";
import { evidenceOf, fillingOf, walkOn } from "../support/plainJourney.ts";
import { pdfOf } from "../support/uploads.ts";
import { readFileSync } from "node:fs";
import { patientBrowser, type PatientBrowser } from "./patience.ts";
import type { Random } from "./random.ts";

/** One press of "submit" and what came of it. */
export type Filing = {
  kind: "application" | "supplement";
  /** On the receipt; without it the person does not know that the application was filed. */
  reference?: string;
};

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const SHORT = readPersona("e2", "de");
const LONG = readPersona("p1", "de");

/** Where a gateway empties a mailbox; the other people live where the Zustelldienst delivers. */
const BEHIND_GATEWAY = {
  authority: "barnim",
  answers: { postalCode: "16225", place: "Eberswalde", knownToOffice: false },
} as const;

/** A person as this run has made them up; `name` is nobody else's. */
export type Person = {
  name: string;
  isShort: boolean;
  persona: TestPersona;
  /** What is handed in first, and later as a supplement. */
  files: PlainFile[];
  later: PlainFile[];
  /** Presses "submit" twice at once, presses again, or loads the page again when the answer does not come. */
  habit: "double" | "again" | "reload";
};

/** Sizes in bytes: most files are small, some are scans of several MB. */
function fileOf(random: Random, name: string): PlainFile {
  if (random.chance(0.2)) return { name: `${name}.jpg`, bytes: readFileSync(personaFile("photo.jpg")) };
  const [least, most] = random.pick([
    [1_100, 5_000],
    [1_100, 5_000],
    [20_000, 300_000],
    [20_000, 300_000],
    [900_000, 2_500_000],
    [4_000_000, 9_900_000],
  ] as const);
  return { name: `${name}.pdf`, bytes: pdfOf(random.between(least, most), random.pick([...LETTERS])) };
}

/** Makes up a person. */
export function personOf(random: Random): Person {
  const name = `CHAOS${Array.from({ length: 10 }, () => random.pick([...LETTERS])).join("")}`;
  const isShort = random.chance(0.5);
  const { answers: usual, ...elsewhere } = isShort ? SHORT : LONG;
  const isDropped = random.chance(0.3);
  const persona = isDropped ? { ...elsewhere, authority: BEHIND_GATEWAY.authority } : elsewhere;
  const answers = isDropped ? { ...usual, ...BEHIND_GATEWAY.answers } : usual;
  const files = isShort
    ? []
    : ["pass", "contract"].slice(0, random.between(0, 2)).map((about) => fileOf(random, about));
  const later = !isShort && random.chance(0.25) ? [fileOf(random, "insurance")] : [];
  const habit = random.pick(["double", "again", "again", "reload", "reload"] as const);
  return { name, isShort, files, later, habit, persona: { ...persona, answers: { ...answers, familyName: name } } };
}

const CODES = ["PASS", "CONTR"];
const isReview = (path: string) => path.endsWith("/review");
const isEvidence = (path: string) => path.endsWith("/evidence");

/** Goes from page to page to the review; hands in files where they are asked for and leaves the others for later. */
async function walkToReview(
  browser: PlainBrowser,
  start: PlainPage,
  persona: TestPersona,
  files: Readonly<Record<string, readonly PlainFile[]>>,
): Promise<PlainPage> {
  const page = await walkOn(browser, persona, start, (path) => isReview(path) || isEvidence(path));
  if (!isEvidence(page.url.pathname)) return page;
  const evidence = evidenceOf(page, { ...persona, uploads: new Map() });
  const handed = Object.keys(files);
  const values = Object.fromEntries(
    Object.entries(evidence.values).filter(([control]) => !handed.includes(control.replace(/\.later$/, ""))),
  );
  const controls = Object.fromEntries(handed.map((code) => [`${code}.files`, files[code] ?? []]));
  const next = await browser.submit(page, { values, files: controls });
  return walkOn(browser, { ...persona, uploads: new Map() }, next, isReview);
}

/** Presses "submit" until the receipt is there. */
async function press(browser: PatientBrowser, review: PlainPage, { persona, habit }: Person): Promise<string> {
  const filling = { values: fillingOf(review, persona.answers) };
  const send = habit === "reload" ? browser.submit : browser.press;
  const presses = [send(review, filling), ...(habit === "double" ? [send(review, filling)] : [])];
  const [receipt = review] = (await Promise.all(presses)).toReversed();
  if (receipt.status !== 200) throw new Error(`submit: ${receipt.url.pathname} (${receipt.status})`);
  return referenceOf(receipt);
}

/** Presses "submit" on what was filled in, and hands something in later if the person has it. */
export type Ready = (filings: Filing[]) => Promise<void>;

/**
 * Fills in an application over the pages of the service up to the review, where only the press is missing.
 * @throws GivenUp once `isOver` says so, Error when the service refuses what is right; so does what it returns
 */
export async function fillIn(base: string, person: Person, isOver: () => boolean): Promise<Ready> {
  const { persona, isShort, files, later } = person;
  const browser = patientBrowser(base, persona.language, isOver);
  const begin = isShort ? "short/where" : "triage/place";
  const start = await browser.open(`/${persona.language}/${persona.authority}/${begin}`);
  const given = Object.fromEntries(files.map((one, index) => [CODES[index] ?? "", [one]]));
  const first = await walkToReview(browser, start, persona, given);
  return async (filings) => {
    const submit = async (kind: Filing["kind"], review: PlainPage) => {
      const filing: Filing = { kind };
      filings.push(filing);
      filing.reference = await press(browser, review, person);
    };
    await submit("application", first);
    if (later.length === 0) return;
    const status = await browser.open(`/${persona.language}/status`);
    const evidence = await browser.submit(status);
    await submit("supplement", await walkToReview(browser, evidence, persona, { KV: later }));
  };
}
