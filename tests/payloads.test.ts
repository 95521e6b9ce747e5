import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { applicantOf, samplePayload, type Applicant } from "#app/cli/persona/sample.ts";
import type { Payload } from "#flows/delivery/payload.ts";
import { services, type ServiceId } from "#flows/services/registry.ts";
import { hasShortWay } from "#flows/services/short.ts";

/** Personas whose answers lead to a whole application. */
const applicants = readdirSync("tests/personas")
  .filter((file) => file.endsWith(".json"))
  .flatMap((file) => {
    const applicant = applicantOf(`tests/personas/${file}`);
    return applicant ? [{ name: file.replace(".json", ""), ...applicant }] : [];
  });

const payloadFor = (applicant: Applicant, isMinimal = false) => samplePayload(applicant, randomUUID(), { isMinimal });

/** Names of all answers in a payload, entries of groups included. */
function namesIn({ data }: Payload): Set<string> {
  const parts = Object.values(data).flatMap((block): object[] => (Array.isArray(block) ? block : [block as object]));
  return new Set([...Object.keys(data), ...parts.flatMap((part) => Object.keys(part))]);
}

/** Compiling a schema takes longer than all that is checked by it. */
const validators = new Map<ServiceId, ValidateFunction>();

function validatorOf(id: ServiceId): ValidateFunction {
  const known = validators.get(id);
  if (known) return known;
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  const path = `public/schemas/${id}-${services[id].version}.schema.json`;
  const validate = ajv.compile(JSON.parse(readFileSync(path, "utf8")) as object);
  validators.set(id, validate);
  return validate;
}

function isValid(id: ServiceId, payload: unknown): string {
  const validate = validatorOf(id);
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
