import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { storedOf } from "#app/cli/persona/answers.ts";
import { loadPersona } from "#app/cli/persona/file.ts";
import { germanPdfWords } from "#app/i18n/words.ts";
import { payloadJsonSchema, payloadOf, payloadSchema, type Header, type Payload } from "#flows/delivery/payload.ts";
import type { Setting } from "#flows/engine/facts.ts";
import { evidenceFor } from "#flows/law/evidence.ts";
import { lawInForce } from "#flows/law/law.ts";
import { lawRows } from "#flows/law/rows.ts";
import { services } from "#flows/services/registry.ts";
import { walkService } from "#flows/services/service.ts";
import { triage } from "#flows/services/triage.ts";
import { blueCard } from "#flows/services/work/W-18g.ts";

const TODAY = "2026-11-21";
const question = { id: "x-own-room", kind: "yesNo", label: "Haben Sie ein eigenes Zimmer?", optional: false } as const;

function settingWith(extraQuestions: Setting["settings"]["extraQuestions"], helped = false): Setting {
  const settings = { helped, services: [blueCard.id], extraQuestions, askOffences: true, postalDelivery: true };
  return { today: TODAY, law: lawInForce(lawRows, TODAY), settings };
}

const file = {
  id: randomUUID(),
  name: "Mein Pass (neu).pdf",
  mimeType: "application/pdf",
  size: 1000,
  sha512: "a".repeat(128),
  key: "k".repeat(43),
} as const;

const choiceQuestion = {
  id: "x-room-kind",
  kind: "choice",
  label: "Wie wohnen Sie?",
  options: [
    { id: "flat", label: "In einer eigenen Wohnung" },
    { id: "shared", label: "In einer Wohngemeinschaft" },
  ],
  optional: false,
} as const;

/** The payload of a persona, with a passport handed in and the rest to come later. */
function payloadFor(
  name: string,
  extra: Setting["settings"]["extraQuestions"] = [],
  draft: object = {},
  helped = false,
) {
  const setting = settingWith(extra, helped);
  const typed = { ...loadPersona(`tests/personas/${name}.json`).answers, "x-own-room": true, "x-room-kind": "shared" };
  const stored = { ...storedOf(triage, typed, setting.settings), ...storedOf(blueCard.flow, typed, setting.settings) };
  const { answers } = walkService(blueCard, stored, setting);
  const asked = evidenceFor(blueCard.situation({ ...setting, answers }), setting.law, TODAY);
  const later = Object.fromEntries(asked.map(({ code }) => [code, { files: [], later: "kommt nach" }]));
  const evidence = { ...later, PASS: { files: [file] } };
  const walked = walkService(blueCard, { ...stored, ...draft, evidence }, setting);
  const header: Header = {
    messageId: randomUUID(),
    reference: "AAAA-BBBB-CCCC",
    household: { id: randomUUID(), member: 0 },
    filedAt: `${TODAY}T09:00:00.000Z`,
    authority: { id: "potsdam", ars: "120540000000", name: "Landeshauptstadt Potsdam" },
    language: "en",
    serviceTitle: "Blaue Karte EU",
    suggestion: { fee: { cents: 10_000 }, effect: "continues" as const, deadline: { codes: [] } },
    asked,
    files: evidence,
  };
  return { walked, payload: payloadOf(blueCard, walked, { ...setting, answers: {} }, header, germanPdfWords) };
}

/** Names of all answers in a payload, entries of groups included. */
function namesIn(payload: Payload): Set<string> {
  const blocks = Object.values(payload.data);
  const names = blocks.flatMap((block) =>
    (Array.isArray(block) ? block : [block]).flatMap((part: object) => Object.keys(part)),
  );
  const questions = (payload.data["questions"] ?? []) as { id: string }[];
  const declared = payload.declarations.filter(({ given }) => given).map(({ id }) => id);
  return new Set([...names, ...questions.map(({ id }) => id), ...declared, ...Object.keys(payload.data)]);
}

describe.each(["p1", "family", "represented", "expired", "unknown", "mrz"])("the payload of %s", (name) => {
  const { walked, payload } = payloadFor(name, [question]);

  test("is complete and fits its schema", () => {
    expect(walked.service.isComplete).toBe(true);
    expect(payloadSchema(blueCard, germanPdfWords).safeParse(payload).error).toBeUndefined();
  });

  test("has every answer of the walked path and none besides", () => {
    const asked = new Set(
      Object.keys(walked.answers).filter((answer) => !["evidence", "emailRepeat", "mrz"].includes(answer)),
    );
    const names = namesIn(payload);
    for (const answer of asked) expect(names, answer).toContain(answer);
    const items = Object.values(walked.service.items).flat();
    for (const answer of items.flatMap(({ walk }) => Object.keys(walk.answers)))
      expect(names, answer).toContain(answer);
    const groups = Object.entries(walked.service.items).flatMap(([group, entries]) =>
      entries.flatMap(({ walk }) => Object.keys(walk.answers).map((field) => `${group}/${field}`)),
    );
    for (const answer of Object.keys(payload.provenance)) expect([...asked, ...groups], answer).toContain(answer);
    for (const answer of groups) expect(payload.provenance, answer).toHaveProperty([answer], "typed");
  });

  test("fits the published JSON Schema as another program reads it", () => {
    const ajv = new Ajv2020({ strict: false });
    addFormats.default(ajv);
    const validate = ajv.compile(published(blueCard));
    expect(validate(payload), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...payload, data: { ...payload.data, surprise: {} } })).toBe(false);
  });
});

describe("the payload", () => {
  const { payload } = payloadFor("p1");
  const data = payload.data as Record<string, Record<string, unknown>>;

  test("carries codes of the official lists with their German words", () => {
    expect(data["person"]?.["countryOfBirth"]).toMatchObject({
      code: "436",
      text: "Indien",
      listVersion: "2024-08-01",
    });
    expect(data["person"]?.["maritalStatus"]).toMatchObject({ code: "LD", text: "ledig" });
    expect(data["work"]?.["grossAnnual"]).toBe(58_000);
  });

  test("says who files for whom, with which declarations", () => {
    expect(payload).toMatchObject({
      filer: { role: "self" },
      subjects: [{ familyName: "MUSTERKAR", givenNames: "Anika" }],
    });
    expect(payload.declarations.filter(({ given }) => given).map(({ id }) => id)).toEqual([
      "declareTrue",
      "declareDuties",
    ]);
  });

  test("names files by what they are: the person's own file names and the file keys stay away", () => {
    expect(payload.evidence[0]).toMatchObject({
      code: "PASS",
      files: [{ attachmentId: file.id, filename: "PASS-1.pdf" }],
    });
    expect(payload.evidence.find(({ code }) => code === "KV")?.later).toEqual({ reason: "kommt nach" });
    expect(JSON.stringify(payload)).not.toContain("Mein Pass");
    expect(JSON.stringify(payload)).not.toContain(file.key);
  });
});

describe("where answers come from, and how good they are", () => {
  const { payload } = payloadFor("mrz");

  test("the passport lines fill in what they say, and are not sent themselves", () => {
    const fromLines = Object.keys(payload.provenance).filter((name) => payload.provenance[name] === "mrz");
    expect(fromLines.toSorted()).toEqual(
      ["dateOfBirth", "docType", "familyName", "givenNames", "issuingState", "number", "sex", "validUntil"].toSorted(),
    );
    expect(payload.provenance).toMatchObject({ familyNameOriginal: "typed", street: "typed" });
    expect(payload.provenance).not.toHaveProperty("mrz");
    expect(JSON.stringify(payload)).not.toContain("P<IND");
  });

  test("the report on the data is part of it, and so is the name in the original script", () => {
    expect(payload.quality).toEqual([
      { code: "mrzAgrees", level: "good" },
      { code: "originalName", field: "familyNameOriginal", level: "good" },
    ]);
    expect(payload.data["person"]).toMatchObject({ familyNameOriginal: "मुस्टरकर", givenNamesOriginal: "अनिका" });
  });

  test("what another member of the household had said counts as carried over while it is the same", () => {
    const { walked } = payloadFor("p1", [], { carried: { street: "Musterallee", houseNo: "2", placeOfBirth: "Pune" } });
    expect(walked.carried).toEqual({ street: "Musterallee", houseNo: "2", placeOfBirth: "Pune" });
    const { payload: sent } = payloadFor("p1", [], { carried: walked.carried });
    expect(sent.provenance).toMatchObject({ street: "carriedOver", placeOfBirth: "carriedOver", houseNo: "typed" });
    expect(sent.data).not.toHaveProperty("carried");
  });
});

test("answers to the authority's own questions are words that a clerk can read", () => {
  const { payload } = payloadFor("p1", [question, choiceQuestion]);
  expect(payload.data["questions"]).toEqual([
    { id: "x-own-room", label: "Haben Sie ein eigenes Zimmer?", answer: true },
    {
      id: "x-room-kind",
      label: "Wie wohnen Sie?",
      answer: { code: "shared", text: "In einer Wohngemeinschaft" },
    },
  ]);
  expect(payloadSchema(blueCard, germanPdfWords).safeParse(payload).error).toBeUndefined();
  const wrong = { ...payload, data: { ...payload.data, questions: [{ id: "x", label: "x", answer: 1 }] } };
  expect(payloadSchema(blueCard, germanPdfWords).safeParse(wrong).success).toBe(false);
});

type Published = Readonly<Record<string, unknown>>;

function published({ id, version }: { id: string; version: string }): Published {
  return JSON.parse(readFileSync(`public/schemas/${id}-${version}.schema.json`, "utf8")) as Published;
}

test.each(Object.values(services))("the published schema of $id is the one in force (npm run schemas)", (service) => {
  expect(published(service)).toEqual(JSON.parse(JSON.stringify(payloadJsonSchema(service, germanPdfWords))));
});

test.each([
  ["somebody who applies themselves", "p1", "helper"],
  ["somebody whose representative is helped", "represented", "attorney"],
])("help is named as such and declared by %s", (_who, name, role) => {
  const { payload, walked } = payloadFor(name, [], { declareHelped: true }, true);
  expect(walked.service.isComplete).toBe(true);
  expect(payload.filer.role).toBe(role);
  expect(payload.declarations.at(-1)).toEqual({
    id: "declareHelped",
    text: germanPdfWords.declaration("declareHelped"),
    given: true,
  });
  expect(payloadSchema(blueCard, germanPdfWords).safeParse(payload).error).toBeUndefined();
  const undeclared = payloadFor(name, [], { declareHelped: undefined }, true);
  expect(undeclared.walked.service.isComplete).toBe(false);
  const alone = payloadFor(name, [], { declareHelped: true });
  expect(alone.payload.declarations.map(({ id }) => id)).not.toContain("declareHelped");
});
