import { describe, expect, test } from "vitest";
import type { TextBlock, TextSection } from "#app/components/TextPage.tsx";
import { deployed } from "#app/config/deployed.ts";
import { loadConfig } from "#app/config/load.server.ts";
import { accessibilityOf, FEEDBACK_ID } from "#app/routes/shared/accessibility.server.ts";
import { footerLinks } from "#app/components/frame.ts";
import { imprintOf } from "#app/routes/shared/imprint.server.ts";
import { landingOf } from "#app/routes/shared/landing.server.ts";
import { pageMeta } from "#app/routes/shared/meta.ts";
import { privacyOf } from "#app/routes/shared/privacy.server.ts";
import { requirePage, type Page } from "#app/routes/shared/request.server.ts";
import { languages, type Language } from "#locales/languages.ts";

const config = loadConfig({ root: process.cwd(), environment: "demo", mode: "demo", known: deployed });
const { operator, byId } = config;
const potsdam = byId.get("potsdam")!;
const uckermark = byId.get("uckermark")!;
const barnim = byId.get("barnim")!;

/** A page that refuses a key without words, so that a test notices it. */
function pageIn(lng: Language): Page {
  const page = requirePage(new Request(`http://127.0.0.1/${lng}/privacy`), { lng });
  return {
    ...page,
    say: (key, values) => {
      const plural = `${key}_other`;
      if (!page.has(key) && !page.has(plural)) throw new Error(`No words for ${key}`);
      const text = page.say(key, values);
      if (text.includes("{{")) throw new Error(`A value is missing in ${key}`);
      return text;
    },
  };
}

const wordsOf = (block: TextBlock): string => JSON.stringify(block);
const textOf = (sections: readonly TextSection[]) =>
  sections.map(({ heading, paragraphs }) => `${heading} ${paragraphs.map(wordsOf).join(" ")}`).join("\n");

describe.each(languages.map(({ code }) => code))("%s", (language) => {
  const page = pageIn(language);

  test("start page, imprint, privacy notice and accessibility statement have all their words and values", () => {
    expect(landingOf(page, potsdam).start?.href).toBe(`/${language}/potsdam/triage/place`);
    expect(imprintOf(page, operator).length).toBeGreaterThan(3);
    expect(privacyOf(page, config, undefined).length).toBeGreaterThan(7);
    expect(privacyOf(page, config, potsdam).length).toBeGreaterThan(7);
    expect(accessibilityOf(page, operator).length).toBeGreaterThan(4);
  });

  test("a translated legal text says that the German one holds", () => {
    const note = page.say("pages:frame.translationNote");
    expect(textOf(privacyOf(page, config, potsdam)).includes(note)).toBe(language !== "de");
    expect(textOf(accessibilityOf(page, operator)).includes(note)).toBe(language !== "de");
  });
});

const german = pageIn("de");

test("an authority without interface shows phone and post instead of a way to begin", () => {
  const view = landingOf(german, uckermark);
  expect(view).not.toHaveProperty("start");
  expect(view).not.toHaveProperty("subjects");
  expect(JSON.stringify(view)).not.toContain("/triage");
  const ways = textOf(view.otherWays?.sections ?? []);
  for (const part of ["tel:+493023125130", "Landkreis Uckermark", "Beispielweg 30", "17291 Prenzlau"]) {
    expect(ways).toContain(part);
  }
});

test("the number for urgent cases goes before the general one", () => {
  expect(JSON.stringify(landingOf(german, potsdam).endsSoon)).toContain("+49\u00a030\u00a023125101");
});

test("the privacy notice names the controllers, officers and every period of the operator's file", () => {
  const text = textOf(privacyOf(german, config, potsdam));
  const { retention } = operator;
  for (const days of [retention.draftDays, retention.applicantCopyDays, retention.logDays]) {
    expect(text).toContain(`${days}\u00a0Tage`);
  }
  for (const part of [operator.name, potsdam.name, potsdam.privacy.dataProtectionOfficer.name]) {
    expect(text).toContain(part);
  }
  expect(textOf(privacyOf(german, config, undefined))).not.toContain(potsdam.name);
});

test("the privacy notice names who carries applications of this authority, and either where no authority is named", () => {
  const carriers = (authority: typeof potsdam | undefined) => {
    const text = textOf(privacyOf(german, config, authority));
    return ["Zustelldienst FIT-Connect", "Rechenzentrum der Behörde"].map((carrier) => text.includes(carrier));
  };
  expect([potsdam, barnim, undefined].map(carriers)).toEqual([
    [true, false],
    [false, true],
    [true, true],
  ]);
});

test.each(languages.map(({ code }) => code))(
  "the privacy notice in %s names who is told of duplicates, where a group is switched on",
  (language) => {
    const groups = [
      ["barnim", "potsdam"],
      ["potsdam", "uckermark", "barnim"],
    ];
    const grouped = { ...config, operator: { ...operator, duplicateGroups: groups } };
    const noticeFor = (deployment: typeof config, authority: typeof potsdam | undefined) =>
      textOf(privacyOf(pageIn(language), deployment, authority));
    for (const { name } of [barnim, uckermark]) expect(noticeFor(grouped, potsdam).split(name)).toHaveLength(2);
    expect(noticeFor(config, potsdam)).not.toContain(uckermark.name);
    expect(noticeFor(grouped, undefined)).not.toContain(uckermark.name);
  },
);

test("the footer leads to the part of the statement where barriers are reported", () => {
  expect(footerLinks("de").barrier).toMatch(new RegExp(`#${FEEDBACK_ID}$`));
  expect(accessibilityOf(german, operator).map(({ id }) => id)).toContain(FEEDBACK_ID);
});

test("phone numbers are isolated in a text from right to left and plain elsewhere", () => {
  expect(JSON.stringify(landingOf(pageIn("ar"), potsdam).endsSoon)).toContain("\u2068+49\u00a030\u00a023125101\u2069");
  expect(JSON.stringify(landingOf(german, potsdam).endsSoon)).not.toContain("\u2068");
});

describe("meta", () => {
  test("only start pages may be found by searching", () => {
    expect(pageMeta({ title: "A" })).toEqual([{ title: "A" }, { name: "robots", content: "noindex" }]);
    expect(pageMeta({ title: "A" }, { index: true, description: "B" })).toEqual([
      { title: "A" },
      { name: "description", content: "B" },
    ]);
  });

  test("a page without data leaves the title to the error page", () => {
    expect(pageMeta(undefined)).toEqual([{ name: "robots", content: "noindex" }]);
  });
});
