import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { expect, test } from "vitest";
import { germanPdfWords, germanRelation } from "#app/i18n/words.ts";
import { familyPdf } from "#app/pdf/family.server.ts";
import { renderPdf } from "#app/pdf/render.server.ts";
import { relations } from "#flows/household/relations.ts";

const words = { text: germanPdfWords.text, relation: germanRelation };
const made = { authority: { name: "Landkreis Märkisch-Oderland" }, at: "2026-11-21T10:00:00.000Z" };
const entry = (index: number) => ({
  name: `Vorname TESTENKO ${index}`,
  originalName: `Ім’я ТЕСТЕНКО ${index}`,
  dateOfBirth: "1990-05",
  reference: `AAAA-BBBB-CCC${index}`,
  service: "Aufenthaltserlaubnis zum vorübergehenden Schutz",
  filedAt: `2026-11-21T0${9 - index}:00:00.000Z`,
});

test("persons stand in the order of filing, with what they are to the first one", () => {
  const { relation: _none, ...first } = { ...entry(5), relation: undefined };
  const others = relations.map((relation, index) => ({ ...entry(index), relation }));
  const { facts, sections, demo } = familyPdf([...others, first], made, words);
  expect(demo).toBeUndefined();
  expect(facts.map(({ value }) => value)).toEqual([
    "Landkreis Märkisch-Oderland",
    "21.11.2026, 11:00",
    "6",
    first.name,
  ]);
  const rows = sections[0]?.rows ?? [];
  expect(rows[0]).toEqual({
    label: "Vorname TESTENKO 5\nІм’я ТЕСТЕНКО 5",
    value: [
      "geboren 05.1990, erste Person",
      "Vorgangsnummer AAAA-BBBB-CCC5, 21.11.2026, 05:00",
      "Aufenthaltserlaubnis zum vorübergehenden Schutz",
    ].join("\n"),
  });
  expect(rows.slice(1).map(({ value }) => value.split("\n")[0])).toEqual(
    relations.toReversed().map((relation) => `geboren 05.1990, ${germanRelation(relation)}`),
  );
});

test("ten persons stand on one page, and what is not known is left out", async () => {
  const ten = Array.from({ length: 10 }, (_, index) => entry(index));
  const bytes = await renderPdf(familyPdf(ten, { ...made, demo: germanPdfWords.text("demo") }, words));
  expect((await getDocument({ data: bytes.slice(), verbosity: 0 }).promise).numPages).toBe(1);
  const { name, reference, service, filedAt } = entry(1);
  const { sections, facts } = familyPdf([{ name, reference, service, filedAt, relation: "child" }], made, words);
  expect(sections[0]?.rows[0]).toMatchObject({ label: name, value: expect.stringMatching(/^Kind\n/) });
  expect(facts).toHaveLength(3);
});
