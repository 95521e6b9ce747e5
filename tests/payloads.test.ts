import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { storedOf } from "#app/cli/persona/answers.ts";
import { loadPersona } from "#app/cli/persona/file.ts";
import { germanPdfWords, germanServiceTitle } from "#app/i18n/words.ts";
import { payloadOf, type Header, type Payload } from "#flows/delivery/payload.ts";
import type { Setting } from "#flows/engine/facts.ts";
import { evidenceFor } from "#flows/law/evidence.ts";
import { lawInForce } from "#flows/law/law.ts";
import { lawRows } from "#flows/law/rows.ts";
import { walk } from "#flows/engine/walk.ts";
import { outcomeOf } from "#flows/services/outcome.ts";
import { fullSettings, services, type ServiceId } from "#flows/services/registry.ts";
import { walkService } from "#flows/services/service.ts";
import { hasShortWay, minimalWalk } from "#flows/services/short.ts";
import { triage, type TriageAnswers } from "#flows/services/triage.ts";

const TODAY = "2026-11-21";
/** Answers that only some authorities ask for; whoever lives elsewhere says no. */
const elsewhere = { convicted: false, pendingProceedings: false, expelledOrRefused: false, postalDelivery: false };
const setting: Setting = { today: TODAY, law: lawInForce(lawRows, TODAY), settings: fullSettings };

type Applicant = { name: string; id: ServiceId; stored: Record<string, unknown> };

/** Personas whose answers lead to a whole application, with the service and what is stored of them. */
const applicants = readdirSync("tests/personas")
  .filter((file) => file.endsWith(".json"))
  .flatMap((file): Applicant[] => {
    const { answers, expect: expected } = loadPersona(`tests/personas/${file}`);
    if (expected?.["completeness"] === "minimal" || expected?.["outcome"] === "otherAuthority") return [];
    const typed = { ...elsewhere, ...answers };
    const entry = storedOf(triage, typed, fullSettings);
    const outcome = outcomeOf(walk(triage, entry, setting).answers as TriageAnswers, setting);
    if (outcome.outcome !== "application") return [];
    const own = storedOf(services[outcome.service].flow, typed, fullSettings);
    return [{ name: file.replace(".json", ""), id: outcome.service, stored: { ...entry, ...own } }];
  });

/** The payload of an application whose evidence comes later; of a minimal one its short path. */
function payloadFor({ id, stored }: Applicant, isMinimal = false) {
  const service = services[id];
  const { answers } = walkService(service, stored, setting);
  const asked = evidenceFor(service.situation({ ...setting, answers }), setting.law, TODAY);
  const files = Object.fromEntries(asked.map(({ code }) => [code, { files: [], later: "kommt nach" }]));
  const given = { ...stored, evidence: files };
  const walked = isMinimal ? minimalWalk(service, given, setting) : walkService(service, given, setting);
  const header: Header = {
    messageId: randomUUID(),
    reference: "AAAA-BBBB-CCCC",
    household: { id: randomUUID(), member: 0 },
    filedAt: `${TODAY}T09:00:00.000Z`,
    authority: { id: "potsdam", ars: "120540000000", name: "Landeshauptstadt Potsdam" },
    language: "en",
    serviceTitle: germanServiceTitle(id),
    suggestion: { fee: { cents: 10_000 }, effect: "continues", deadline: { codes: [] } },
    asked,
    files,
  };
  return { walked, payload: payloadOf(service, walked, { ...setting, answers: {} }, header, germanPdfWords) };
}

/** Names of all answers in a payload, entries of groups included. */
function namesIn({ data }: Payload): Set<string> {
  const parts = Object.values(data).flatMap((block): object[] => (Array.isArray(block) ? block : [block as object]));
  return new Set([...Object.keys(data), ...parts.flatMap((part) => Object.keys(part))]);
}

function isValid(id: ServiceId, payload: unknown): string {
  const path = `public/schemas/${id}-${services[id].version}.schema.json`;
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(path, "utf8")) as object);
  return validate(payload) ? "valid" : JSON.stringify(validate.errors);
}

test("there are applicants for every service", () => {
  expect([...new Set(applicants.map(({ id }) => id))].toSorted()).toEqual(Object.keys(services).toSorted());
});

describe.each(applicants)("the payload of $name for $id", (applicant) => {
  const { walked, payload } = payloadFor(applicant);

  test("is complete and valid by the published schema, which knows no other part", () => {
    expect(walked.service.isComplete, walked.service.path.at(-1)).toBe(true);
    expect(isValid(applicant.id, payload)).toBe("valid");
    expect(isValid(applicant.id, { ...payload, data: { ...payload.data, surprise: {} } })).not.toBe("valid");
  });

  test("has every answer, in words that a clerk can read", () => {
    const left = ["evidence", "emailRepeat", "mrz", "declareTrue", "declareDuties", "consentEmail"];
    const names = namesIn(payload);
    const items = Object.values(walked.service.items).flatMap((list) =>
      list.flatMap((item) => Object.keys(item.walk.answers)),
    );
    const given = [...Object.keys(walked.answers), ...items].filter((answer) => !left.includes(answer));
    expect(given.filter((answer) => !names.has(answer))).toEqual([]);
    // A missing word would show as the path of its key.
    expect(JSON.stringify(payload)).not.toMatch(/"text":"[\w-]+\.(options|label)/);
  });
});

describe.each(applicants.filter(({ id }) => hasShortWay(id)))(
  "the short path's payload of $name for $id",
  (applicant) => {
    test("is valid, and has all answers of that path", () => {
      const minimal = payloadFor(applicant, true);
      expect(minimal.walked.service.isComplete, minimal.walked.service.path.at(-1)).toBe(true);
      expect(isValid(applicant.id, minimal.payload)).toBe("valid");
      const left = ["evidence", "emailRepeat", "mrz", "declareTrue", "declareDuties", "consentEmail"];
      const given = Object.keys(minimal.walked.answers).filter((answer) => !left.includes(answer));
      expect(given.filter((answer) => !namesIn(minimal.payload).has(answer))).toEqual([]);
    });
  },
);
