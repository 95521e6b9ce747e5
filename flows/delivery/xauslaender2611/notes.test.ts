import { expect, test } from "vitest";
import { tinyDocument } from "#flows/delivery/xauslaender2611/envelope.fixture.ts";
import { createNotes } from "#flows/delivery/xauslaender2611/notes.ts";

test("notes are one text, and none are none", () => {
  const notes = createNotes();
  expect(notes.text()).toBeUndefined();
  notes.add("Erstens.");
  notes.add("Zweitens.");
  expect(notes.text()).toBe("Erstens.\nZweitens.");
});

test("a sign without place in the standard is replaced, and the notes name the element once", () => {
  const notes = createNotes();
  expect(notes.plain("antworttext", "gut 👍 天")).toBe("gut ? ?");
  expect(notes.plain("antworttext", "天")).toBe("?");
  expect(notes.plain("wohnort", "Kyïv")).toBe("Kyïv");
  expect(notes.text()).toBe("Nicht darstellbare Zeichen ersetzt in: antworttext.");
});

test("only if the PDF is sent, it is named as the place of the original", () => {
  const drawn = createNotes([tinyDocument("form")]);
  drawn.plain("antworttext", "天");
  expect(drawn.text()).toContain("Das Original steht im PDF.");
  expect(drawn.short("Прізвище")).toBe("siehe PDF");
  expect(drawn.short("Straße  1\nHof")).toBe("Straße 1 Hof");
  const bare = createNotes([tinyDocument("PASS")]);
  bare.plain("antworttext", "天");
  expect(bare.text()).not.toContain("PDF");
  expect(bare.short("天")).toBe("?");
});
