import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { loadPersona } from "#app/cli/persona/file.ts";
import { referenceOf } from "./support/applicant.ts";
import { textOf } from "./support/pageChecks.ts";
import type { TestPersona } from "./support/persona.ts";
import { errorsOf, plainBrowser, valuesOf, type PlainBrowser, type PlainPage } from "./support/plainBrowser.ts";
import { fillingOf, walkOn } from "./support/plainJourney.ts";
import { startStack, type Stack } from "./support/service.ts";
import { until } from "./support/until.ts";

const MINUTES = 60_000;
const members = ["mother", "father", "daughter", "son"] as const;
type Member = (typeof members)[number];

/** Persona P9 at an authority, in Ukrainian. */
function personaAt(authority: string, home: object, file: string): TestPersona {
  const { answers, uploads } = loadPersona(`tests/personas/${file}.json`);
  const given = [...uploads].map(([code, files]) => [code, files === "later" ? [] : [...files]] as const);
  return { language: "uk", authority, answers: { ...answers, ...home }, uploads: new Map(given) };
}

/** A family's sitting in one browser: each member is walked to the review, and filed from there. */
type Sitting = { browser: PlainBrowser; home: string; personas: Record<Member, TestPersona> };

const names: Record<Member, string> = { mother: "Olena", father: "Andrij", daughter: "Daryna", son: "Maksym" };
const toReview = ({ browser, personas }: Sitting, who: Member, start: PlainPage) =>
  walkOn(browser, personas[who], start, (path) => path.endsWith("/review"));

/** The first page of somebody whom the mother has named in her list. */
async function add({ browser, home }: Sitting, who: Member): Promise<PlainPage> {
  const page = await browser.open(`${home}/household`);
  const label = page.document.querySelectorAll("label").find(({ textContent }) => textContent.includes(names[who]));
  const value = page.document.querySelector(`#${label?.getAttribute("for")}`)?.getAttribute("value");
  return browser.submit(page, { press: ["person", value ?? expect.fail(`nobody called ${names[who]}`)] });
}

/** The codes of evidence that a page of it has a box for. */
const boxesOn = ({ document }: PlainPage) =>
  document.querySelectorAll('input[type="file"]').map((input) => input.getAttribute("name")?.replace(".files", ""));

const messages = z.array(z.object({ messageId: z.string(), reference: z.string(), state: z.string() }));
const payload = z.looseObject({
  household: z.object({ id: z.uuid(), member: z.int() }),
  links: z.array(z.object({ reference: z.string(), relation: z.string() })).default([]),
  filer: z.object({ role: z.string() }),
  language: z.string(),
  suggestion: z.looseObject({ legalBasis: z.string(), fee: z.object({ from: z.int(), to: z.int() }) }),
  data: z.looseObject({ person: z.record(z.string(), z.unknown()) }),
  provenance: z.record(z.string(), z.string()),
  quality: z.array(z.looseObject({ code: z.string() })),
  evidence: z.array(z.looseObject({ code: z.string() })),
});

async function arrived({ fachverfahren }: Stack, reference: string) {
  const all = messages.parse(await (await fetch(`${fachverfahren}/api/applications`)).json());
  const message = all.find((one) => one.reference === reference);
  if (!message) throw new Error(`${reference} has not arrived`);
  const sent = await fetch(`${fachverfahren}/api/applications/${message.messageId}`);
  return { ...message, payload: payload.parse(await sent.json()) };
}

const accepted = (stack: Stack, reference: string) =>
  until(
    () => arrived(stack, reference),
    ({ state }) => state === "accepted",
    MINUTES,
  );

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
}, 3 * MINUTES);
afterAll(() => stack?.stop(), MINUTES);

const places = [
  ["maerkisch-oderland", {}, "p9-father", false],
  ["dahme-spreewald", { postalCode: "15907", place: "Lübben (Spreewald)" }, "p9-father-military", true],
] as const;

describe.each(places)("a family from Ukraine at %s", (authority, where, fatherFile, isAsked) => {
  const references = {} as Record<Member, string>;
  let sitting: Sitting;
  const file = async (who: Member, review: PlainPage) => {
    const receipt = await sitting.browser.submit(review, {
      values: fillingOf(review, sitting.personas[who].answers),
    });
    references[who] = referenceOf(receipt);
    return receipt;
  };

  test(
    "reaches the application with four pages, and the mother files",
    async () => {
      const persona = (name: string) => personaAt(authority, where, name);
      const personas = {
        mother: persona("p9-mother"),
        father: persona(fatherFile),
        daughter: persona("p9-daughter"),
        son: persona("p9-son"),
      };
      sitting = { browser: plainBrowser(stack.url, "uk"), home: `/uk/${authority}`, personas };
      const { browser, home } = sitting;
      const landing = await browser.open(home);
      expect(landing.document.querySelector("main .kern-btn--primary")?.getAttribute("href")).toBe(`${home}/ukraine`);
      const start = await browser.open(`${home}/H-24`);
      expect(start.url.pathname).toBe(`${home}/ukraine`);
      // Who has a title that continues learns it before the first question.
      expect(textOf(start)).toContain("діє далі до 04.03.2027");
      const languages = start.document
        .querySelectorAll(".ao-lang__list--open a")
        .map((link) => link.getAttribute("lang"));
      expect(languages.slice(0, 2)).toEqual(["uk", "ru"]);

      const way: string[] = [];
      const isThere = (path: string) => {
        way.push(path.replace(`${home}/`, ""));
        return path.endsWith("/H-24/latinDocument");
      };
      const first = await walkOn(browser, personas.mother, start, isThere);
      expect(way).toEqual([
        "ukraine",
        "triage/currentTitle",
        "triage/ukraineArrival",
        "triage/result",
        "H-24/latinDocument",
      ]);
      const review = await toReview(sitting, "mother", first);
      await file("mother", review);
    },
    2 * MINUTES,
  );

  test(
    "the father finds what is shared, his own list of relatives included, and only he may be asked for his duties",
    async () => {
      const { browser, home, personas } = sitting;
      const begin = await add(sitting, "father");
      const refused = await browser.submit(begin, { values: { postalCode: ["1"], place: ["Seelow"] } });
      // What is wrong is said with the field, and on the page of the person, in the reader's language.
      expect(refused.document.querySelector(".ao-context bdi")?.textContent).toBe("Andrij TESTENKO");
      expect(errorsOf(refused).map(({ text }) => text)).toEqual([expect.stringContaining("Поштовий індекс")]);
      const again = await browser.open(begin.url.pathname);
      const list = await walkOn(browser, personas.father, again, (path) => path.endsWith("/H-24/family"));
      const wife = await browser.submit(list, { press: ["add", "yes"] });
      expect(valuesOf(wife)).toMatchObject({
        relation: ["spouse"],
        relativeGivenNames: ["Olena"],
        "relativeDateOfBirth.year": ["1991"],
      });
      const evidence = await walkOn(browser, personas.father, list, (path) => path.endsWith("/H-24/evidence"));
      expect(boxesOn(evidence).includes("UA-MIL")).toBe(isAsked);
      expect(textOf(evidence)).toContain("Документ, спільний для всіх");
      const entry = await browser.open(`${home}/H-24/family/abcdef012345/relative`);
      // All three stand in his list; nobody is left to propose.
      expect(valuesOf(entry)["relativeGivenNames"]).toEqual([""]);
      await file("father", await toReview(sitting, "father", evidence));
    },
    2 * MINUTES,
  );

  test(
    "the children are filed by their mother, and a name from Cyrillic letters is said to be checked",
    async () => {
      const { browser, personas } = sitting;
      const daughter = await walkOn(browser, personas.daughter, await add(sitting, "daughter"), (path) =>
        path.endsWith("/H-24/evidence"),
      );
      expect(boxesOn(daughter)).not.toContain("UA-MIL");
      await file("daughter", await toReview(sitting, "daughter", daughter));
      const review = await toReview(sitting, "son", await add(sitting, "son"));
      const quality = review.document.querySelector("[data-quality]")?.textContent ?? "";
      expect(quality).toContain("Відомство перевіряє написання");
      const receipt = await file("son", review);
      expect(receipt.document.querySelector("[data-household]")?.textContent).toContain("4 з 4");
      // Fingerprints are taken from 14 years on, of children from 6 on they should be (§ 49 Abs. 4a AufenthG).
      expect(textOf(receipt)).toContain("відбитки пальців від 14 років, а зазвичай і від 6 років");
      // Where they have to live for three years (§ 12a Abs. 1 AufenthG), and where to read whether they may work.
      expect(textOf(receipt)).toContain("3 роки жити у федеральній землі");
      expect(textOf(receipt)).toContain("(Fiktionsbescheinigung)");
    },
    3 * MINUTES,
  );

  test(
    "four linked messages are accepted; the fee is normally none, and the authority decides",
    async () => {
      const sent = await Promise.all(members.map((who) => accepted(stack, references[who])));
      const [mother, father, daughter, son] = sent.map(({ payload: one }) => one);
      if (!mother || !father || !daughter || !son) throw new Error("not all have arrived");
      expect(new Set(sent.map(({ payload: { household } }) => household.id)).size).toBe(1);
      expect(sent.map(({ payload: { household } }) => household.member)).toEqual([0, 1, 2, 3]);
      const linksOf = ({ links }: typeof son) => links.map(({ reference, relation }) => [reference, relation]);
      expect(linksOf(mother)).toEqual([]);
      expect(linksOf(father)).toEqual([[references.mother, "spouse"]]);
      expect(linksOf(son)).toEqual([
        [references.mother, "parent"],
        [references.father, "other"],
        [references.daughter, "sibling"],
      ]);
      for (const { payload: one } of sent) {
        expect(one).toMatchObject({
          language: "uk",
          suggestion: { legalBasis: "§ 24 Abs. 1 AufenthG", fee: { from: 0 } },
        });
      }
      expect(sent.map(({ payload: { filer } }) => filer.role)).toEqual(["self", "self", "parent", "parent"]);
      const asked = sent.map(({ payload: { evidence } }) => evidence.some(({ code }) => code === "UA-MIL"));
      expect(asked).toEqual([false, isAsked, false, false]);
      expect(father.provenance).toMatchObject({
        street: "carriedOver",
        leftUkraineOn: "carriedOver",
        "family/relativeGivenNames": "carriedOver",
        number: "typed",
      });
      expect(son.data.person).toMatchObject({ givenNames: "Maksym", givenNamesOriginal: "Максим" });
      expect(son.quality).toContainEqual({ code: "nameTransliterated", field: "familyName", level: "check" });
      expect(son.provenance).toMatchObject({ givenNames: "transliterated" });
    },
    2 * MINUTES,
  );

  test("the clerk reads both spellings, and the overview of the family lies beside every application but the first", async () => {
    const sent = await Promise.all(members.map((who) => arrived(stack, references[who])));
    const pages = await Promise.all(
      sent.map(async ({ messageId }) => (await fetch(`${stack.fachverfahren}/applications/${messageId}`)).text()),
    );
    expect(pages.map((page) => page.includes("Familie-"))).toEqual([false, true, true, true]);
    expect(pages[3]).toContain("Maksym");
    expect(pages[3]).toContain("Максим");
  });

  test("the family can keep its overview as PDF", async () => {
    const { browser, home } = sitting;
    const page = await browser.open(`${home}/household`);
    expect(page.document.querySelector(`main a[href="${home}/family.pdf"]`)).not.toBeNull();
    const response = await browser.send(`${home}/family.pdf`);
    expect(response.headers.get("content-type")).toBe("application/pdf");
    expect(
      Buffer.from(await response.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe("%PDF-");
    const alone = await plainBrowser(stack.url, "uk").send(`${home}/family.pdf`);
    expect(alone.headers.get("location")).toBe("/uk/resume");
  });
});

test("a minor who is here alone is led to the youth office, by phone numbers to tap", async () => {
  const persona = personaAt("maerkisch-oderland", { careOfMinor: "alone" }, "p9-mother");
  const browser = plainBrowser(stack.url, "uk");
  const start = await browser.open("/uk/maerkisch-oderland/ukraine");
  const result = await walkOn(browser, persona, start, (path) => path.endsWith("/result"));
  const links = result.document.querySelectorAll("[data-help] a").map((link) => link.getAttribute("href"));
  expect(links).toEqual([
    "tel:+493023125161",
    "https://maerkisch-oderland.example.org/jugendamt",
    "tel:116111",
    "tel:110",
  ]);
  expect(result.document.querySelector("main a.kern-btn--primary")).toBeNull();
  // The words beside it ask to say there that relatives are with the child.
  const change = result.document.querySelectorAll("main a").find((link) => link.text.includes("Змінити відповіді"));
  expect(change?.getAttribute("href")).toBe("/uk/maerkisch-oderland/triage/ukraineArrival");
});

test("the short entry refuses what is wrong with what was typed, and sends on who has begun or lives elsewhere", async () => {
  const browser = plainBrowser(stack.url, "ru");
  const page = await browser.open("/ru/potsdam/ukraine");
  const refused = await browser.submit(page, { values: { postalCode: ["1"], place: ["Potsdam"] } });
  expect([refused.status, valuesOf(refused)["place"]]).toEqual([422, ["Potsdam"]]);
  const values = { postalCode: ["15306"], place: ["Seelow"], applicantIs: ["self"] };
  const elsewhere = await browser.submit(page, { values });
  expect(elsewhere.url.pathname).toBe("/ru/potsdam/not-responsible");
  expect((await browser.open("/ru/potsdam/ukraine")).url.pathname).toMatch(/^\/ru\/potsdam\/triage\//);
  expect((await plainBrowser(stack.url).open("/ru/uckermark/ukraine")).url.pathname).toBe("/ru/uckermark");
});

test("an authority that wants registration first says so before the first question, and keeps the draft until then", async () => {
  const home = { postalCode: "14547", place: "Beelitz" };
  const persona = personaAt("potsdam-mittelmark", home, "p9-mother");
  const browser = plainBrowser(stack.url, "uk");
  const start = await browser.open("/uk/potsdam-mittelmark/ukraine");
  expect(textOf(start)).toContain("приймає заяву лише після реєстрації");
  const result = await walkOn(browser, persona, start, (path) => path.endsWith("/result"));
  expect(textOf(result)).toContain("Спочатку пройдіть реєстрацію");
  expect(result.document.querySelector("main a.kern-btn--primary")).toBeNull();
  const change = result.document.querySelector('main a[href$="/ukraineArrival"]')?.getAttribute("href");
  const arrival = await browser.open(change ?? expect.fail("the answer cannot be changed"));
  const registered = { ...persona, answers: { ...persona.answers, arrivalRegistered: true } };
  const open = await walkOn(browser, registered, arrival, (path) => path.endsWith("/result"));
  expect(textOf(open)).not.toContain("Спочатку пройдіть реєстрацію");
  expect(open.document.querySelector('main a[href$="/H-24"]')).not.toBeNull();
});
