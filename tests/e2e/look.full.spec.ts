import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import { contrast } from "#app/config/contrast.ts";
import { expectLook, unfold } from "#tests/support/lookChecks.ts";
import { personaFile, readPersona, type TestPersona } from "#tests/support/persona.ts";
import { fillingOf, walkOn } from "#tests/support/plainJourney.ts";
import { plainBrowser, type PlainBrowser } from "#tests/support/plainBrowser.ts";
import { expectAccessible, takeOver, test } from "#tests/support/watchedPage.ts";

// Nobody decides: the status stays open, and with it the deadline.
test.use({ stackOptions: { decision: "manual" } });

const WIDTHS = [320, 1280];
const FOLDER = "test-results/look";
const AUTHORITY = "potsdam";
/** German whatever the page speaks. */
const GERMAN = ["Landeshauptstadt Potsdam", "Ausländerbehörde Potsdam"];

const relative = {
  relativeFamilyName: "Musterkar-Beispielmann",
  relativeGivenNames: "Ravi",
  relativeDateOfBirth: "1994-05-01",
  relativeSex: "m",
  relativeNationality: "IND",
  relativeResidence: "abroad",
  relativeCountry: "IND",
  relativeWillJoin: true,
};

/** `rgb(1, 2, 3)` as `#010203`. */
function hexOf(color: string): string {
  const channels = color.match(/\d+/g)?.slice(0, 3) ?? [];
  return `#${channels.map((channel) => Number(channel).toString(16).padStart(2, "0")).join("")}`;
}

/** A person whose answers are as long as real ones get. */
function longPerson(language: string): TestPersona {
  const { answers, ...persona } = readPersona("p1", language);
  return {
    ...persona,
    answers: {
      ...answers,
      maritalStatus: "married",
      maritalStatusSince: "2020",
      family: [{ ...relative, relation: "spouse" }],
      email: "anika.musterkar.softwareentwicklung@beispielgesellschaft.example",
      emailRepeat: "anika.musterkar.softwareentwicklung@beispielgesellschaft.example",
      employerName: "Beispielgesellschaft für Softwareentwicklungsdienstleistungen mbH & Co. KG",
      jobTitle: "Softwareentwicklungsingenieurin",
    },
  };
}

/** The same page in the dark scheme: contrast by axe, and of what axe does not see, the crest and the QR code. */
async function lookInTheDark(page: Page, name: string): Promise<void> {
  await page.emulateMedia({ colorScheme: "dark" });
  await expectAccessible(page, `${name} dark`);
  await page.screenshot({ path: `${FOLDER}/${name}.dark.png`, fullPage: true });
  const crest = await page.locator(".ao-id__mark").evaluate((mark) => {
    const colors = [mark, mark.querySelector("text") ?? mark].map((part) => getComputedStyle(part));
    return [colors[0]?.color ?? "", colors[1]?.fill ?? ""];
  });
  const [shield = "", letter = ""] = crest.map(hexOf);
  expect.soft(contrast(shield, letter), `letter on the crest: ${name}`).toBeGreaterThan(4.5);
  expect.soft(contrast(shield, "#14161e"), `crest on the page: ${name}`).toBeGreaterThan(3);
  const codes = await page
    .locator(".ao-qr svg")
    .evaluateAll((all) => all.map((code) => [getComputedStyle(code).color, getComputedStyle(code).backgroundColor]));
  for (const colors of codes) expect(colors.map(hexOf), "QR code").toEqual(["#000000", "#ffffff"]);
  await page.emulateMedia({ colorScheme: "light" });
}

/** A page, checked and photographed at each width; gives the icons that were seen. */
async function look(page: Page, language: string, name: string): Promise<string[]> {
  const seen: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: width === 320 ? 640 : 900 });
    await page.screenshot({ path: `${FOLDER}/${name}.${language}.${width}.png`, fullPage: true });
    await unfold(page, true);
    seen.push(...(await expectLook(page, `${name} ${language} ${width}`, { language, german: GERMAN })));
    await unfold(page, false);
  }
  if (language === "de") await lookInTheDark(page, name);
  return seen;
}

/** Files, one of them with a long name, one paper for later, the rest missing. */
async function handInSome(browser: PlainBrowser, path: string): Promise<void> {
  const name = "Reisepass-alle-Seiten-eingescannt-am-21.11.2026-Version-endgueltig.pdf";
  await browser.submit(await browser.open(path), {
    files: { "PASS.files": [{ name, bytes: readFileSync(personaFile("passport.pdf")) }] },
    values: { "KV.later": ["yes"], "KV.reason": ["Krankenversicherungsbescheinigung kommt"] },
    press: ["then", "stay"],
  });
}

for (const language of ["de", "ar", "uk"]) {
  test(`ten pages in ${language}, on a small phone and on a wide screen`, async ({ page, stack }) => {
    const home = `/${language}/${AUTHORITY}`;
    const persona = longPerson(language);
    const seen: string[] = [];
    const show = async (name: string, path: string) => {
      await page.goto(path);
      seen.push(...(await look(page, language, name)));
    };
    const press = async () => {
      await page.locator("main form button.kern-btn--primary").click();
      await expect(page.locator("#errors")).toBeFocused();
    };
    await show("01-landing", home);
    await show("11-verify", `/${language}/verify`);

    const browser = plainBrowser(stack.url, language);
    const start = await browser.open(`${home}/triage/place`);
    const atEvidence = await walkOn(browser, persona, start, (path) => path.endsWith("/evidence"));
    await takeOver(page, browser, stack.url);
    await show("02-question", `${home}/triage/request`);
    await show("03-result", `${home}/triage/result`);
    await page.goto(`${home}/W-18g/passportDetails`);
    await page.locator("#f-number").fill("");
    await page.locator('[name="validUntil.year"]').fill("1999");
    await press();
    seen.push(...(await look(page, language, "04-errors")));
    await show("05-family", `${home}/W-18g/family`);
    await show("08-save-code", `${home}/save-code?leave=yes`);

    await handInSome(browser, atEvidence.url.href);
    await page.goto(`${home}/W-18g/evidence`);
    await press();
    seen.push(...(await look(page, language, "06-evidence")));
    await walkOn(browser, persona, await browser.open(`${home}/W-18g/evidence`), (path) => path.endsWith("/review"));
    const review = await browser.open(`${home}/W-18g/review`);
    await show("07-review", `${home}/W-18g/review`);
    await browser.submit(review, { values: fillingOf(review, persona.answers) });
    await show("09-receipt", `${home}/receipt`);
    await show("10-status", `/${language}/status`);
    for (const icon of ["arrow-back", "arrow-forward", "check", "success", "language"]) expect(seen).toContain(icon);
  });
}
