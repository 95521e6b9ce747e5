import { describe, expect, test } from "vitest";
import { germanPdfWords } from "#app/i18n/words.ts";
import { applicationPdf, type PdfWords } from "#app/pdf/application.server.ts";
import { withReadingHelp } from "#app/pdf/readingHelp.ts";
import type { Payload } from "#flows/delivery/payload.ts";

const payload: Payload = {
  $schema: "urn:aufenthalt-online:schema:W-18g:1.0.0",
  schemaVersion: "1.3.0",
  messageId: "5a3a3c9e-6a0f-4a7c-9a53-0c7f3a3b6f11",
  kind: "application",
  reference: "AAAA-BBBB-CCCC",
  household: { id: "0b1c1a52-8a3e-8b17-9c64-2f5be1a7d054", member: 0 },
  filedAt: "2026-11-21T13:58:07.000Z",
  authority: { id: "potsdam", ars: "120540000000", name: "Ausländerbehörde Potsdam" },
  service: { id: "W-18g", version: "1.0.0", title: "Blaue Karte EU", leika: "99010003001000" },
  language: "ar",
  completeness: "full",
  filer: { role: "self" },
  subjects: [{ familyName: "محمد" }],
  suggestion: { fee: { unknown: true }, effect: "unknown", deadline: { codes: [] } },
  data: {
    person: {
      familyName: "محمد",
      sex: { code: "2", text: "weiblich", list: "urn:xoev-de:xinneres:codeliste:geschlecht", listVersion: "1" },
      birthDate: "1990-05-12",
    },
    family: [{ id: "abc", relativeFamilyName: "Ali" }],
    questions: [{ id: "x-room", label: "Haben Sie ein eigenes Zimmer?", answer: true }],
  },
  evidence: [
    { code: "PASS", title: "Reisepass", files: [], sentBefore: ["PASS-1.pdf"], later: { reason: "beim Konsulat" } },
  ],
  declarations: [{ id: "truthful", text: "Alles stimmt.", given: true }],
  provenance: {},
  quality: [],
} as Payload;

const titlesOf = (change: Partial<Payload>) => {
  const { title, facts } = applicationPdf({ ...payload, ...change }, germanPdfWords);
  return [title, facts.find(({ label }) => label === germanPdfWords.text("extent"))?.value];
};

describe("title and head", () => {
  test("a whole application says nothing of its extent", () => {
    expect(titlesOf({})).toEqual([germanPdfWords.text("title"), undefined]);
  });

  test("a minimal one says that the rest follows", () => {
    const { text } = germanPdfWords;
    expect(titlesOf({ completeness: "minimal" })).toEqual([text("titleMinimal"), text("minimal")]);
  });

  test("a supplement says what it adds to, whatever the case's extent", () => {
    const expected = [germanPdfWords.text("titleSupplement"), germanPdfWords.text("supplement")];
    expect(titlesOf({ kind: "supplement" })).toEqual(expected);
    expect(titlesOf({ kind: "supplement", completeness: "minimal" })).toEqual(expected);
  });
});

test("evidence names what came before and what comes later", () => {
  const evidence = applicationPdf(payload, germanPdfWords).sections.at(-2);
  expect(evidence?.rows).toEqual([
    { label: "Reisepass", value: "schon gesendet: PASS-1.pdf\nwird nachgereicht: beim Konsulat" },
  ]);
});

/** Words of a language in which every text is marked, so that what was translated can be told from what was typed. */
const marked: PdfWords = {
  section: (id) => `<${id}>`,
  group: (id) => `<${id}>`,
  field: (name) => `<${name}>`,
  option: (name) => `<${name}>`,
  evidence: (code) => `<${code}>`,
  declaration: (name) => `<${name}>`,
  text: (key) => `<${key}>`,
  filed: ({ text }) => `<${text}>`,
};

describe("the reading help", () => {
  const german = applicationPdf(payload, germanPdfWords);
  const helped = withReadingHelp(german, applicationPdf(payload, marked));
  const rows = helped.sections.flatMap((section) => [section, ...section.groups]).flatMap((part) => part.rows);
  const row = (label: string) => rows.find((candidate) => candidate.label.text === label);

  test("stands beside labels and answers chosen from a list", () => {
    const label = germanPdfWords.field("sex");
    expect(row(label)).toEqual({
      label: { text: label, help: "<sex>" },
      value: { text: "weiblich", help: "<weiblich>" },
    });
  });

  test("leaves alone what was typed, dates and the authority's own question", () => {
    expect(row(germanPdfWords.field("familyName"))?.value).toEqual({ text: "محمد" });
    expect(row(germanPdfWords.field("birthDate"))?.value).toEqual({ text: "12.05.1990" });
    expect(row("Haben Sie ein eigenes Zimmer?")?.label).toEqual({ text: "Haben Sie ein eigenes Zimmer?" });
  });

  test("has every text of the German document, in its order", () => {
    expect(helped.sections.map(({ title }) => title.text)).toEqual(german.sections.map(({ title }) => title));
    expect(helped.facts.map(({ value }) => value.text)).toEqual(german.facts.map(({ value }) => value));
    expect(helped.sections.flatMap(({ groups }) => groups.map(({ title }) => title.text))).toEqual(
      german.sections.flatMap(({ groups = [] }) => groups.map(({ title }) => title)),
    );
  });

  test("is absent on a German page, where both are the same", () => {
    expect(JSON.stringify(withReadingHelp(german, german))).not.toContain('"help"');
  });
});

function namesIn(change: Partial<Payload>) {
  const data = { person: { familyName: "Testenko", givenNames: "Maksym", familyNameOriginal: "Тестенко" } };
  const { sections } = applicationPdf({ ...payload, data, ...change }, germanPdfWords);
  return sections[0]?.rows.map(({ value }) => value);
}

test("names that no paper shows in Latin letters are marked for the clerk to check", () => {
  expect(namesIn({ quality: [{ code: "nameTransliterated", field: "familyName", level: "check" }] })).toEqual([
    "Testenko (Schreibweise zu prüfen)",
    "Maksym (Schreibweise zu prüfen)",
    "Тестенко",
  ]);
  expect(namesIn({})).toEqual(["Testenko", "Maksym", "Тестенко"]);
});
