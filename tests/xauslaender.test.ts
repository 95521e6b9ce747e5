import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sampleSetting, type Applicant } from "#app/cli/persona/sample.ts";
import { readXml } from "#app/xml/parse.server.ts";
import { validatorFor } from "#app/xml/validate.server.ts";
import type { Payload } from "#flows/delivery/payload.ts";
import type { ApplicationInput } from "#flows/delivery/standard.ts";
import { standards } from "#flows/delivery/standards.ts";
import { fateOf, fieldsOfService } from "#flows/delivery/xauslaender2611/fate.ts";
import { germanDate } from "#flows/delivery/xauslaender2611/german.ts";
import { all, type Content, type Elements } from "#flows/delivery/xoev/content.ts";
import { asDatatypeC } from "#flows/delivery/xoev/text.ts";
import { isServiceId, services } from "#flows/services/registry.ts";
import { walkService, type Service } from "#flows/services/service.ts";
import { hasShortWay, minimalWalk, short } from "#flows/services/short.ts";
import { triage } from "#flows/services/triage.ts";
import { wishes } from "#flows/services/wishes.ts";
import { allLater, draftsOf } from "#tests/support/randomAnswers.ts";
import { sampleFiling } from "#tests/support/sampleFiling.ts";

const [standard] = standards;
if (!standard) throw new Error("There is no standard");

const ids = Object.keys(services).filter(isServiceId);
type Stored = Record<string, unknown>;

/** Entry answers that lead to the service by one of its wishes, or none: some pages are for one wish alone. */
const entriesOf = (id: string) =>
  fc.constantFrom<Stored>({}, ...wishes.filter(({ service }) => service === id).map(({ wish }) => wish));

const applicantsOf = (id: Applicant["id"]): fc.Arbitrary<Applicant> =>
  fc
    .tuple(draftsOf({ ...triage.steps, ...services[id].flow.steps }), entriesOf(id))
    .map(([draft, wish]) => ({ id, stored: { ...draft, documentChanges: ["none"], ...wish } }));

const isWhole = ({ id, stored }: Applicant): boolean =>
  walkService(services[id], { ...stored, evidence: allLater }, sampleSetting).service.isComplete;

const purposes = { workGoal: "work", studyGoal: "study", familyGoal: "family", protectionGoal: "protection" };

/** Answers of the short path with a wish for the service. */
const hurriedOf = (id: Applicant["id"]): fc.Arbitrary<Applicant> =>
  fc.tuple(draftsOf(short.steps), entriesOf(id)).map(([draft, wish]) => {
    const purpose = Object.entries(purposes).find(([goal]) => goal in wish)?.[1];
    const asked = { request: "settlementGoal" in wish ? "permanent" : "extension", ...(purpose && { purpose }) };
    const entry = { applicantIs: "self", familyOf: "none", currentTitleType: "residencePermit" };
    return { id, stored: { ...draft, ...entry, ...asked, ...wish } };
  });

const isHurried = ({ id, stored }: Applicant): boolean =>
  minimalWalk(services[id], { ...stored, evidence: allLater }, sampleSetting).service.isComplete;

/** Texts of all elements at and below a path. */
function textsAt(content: Content, path: readonly string[]): string[] {
  const [name, ...rest] = path;
  if (typeof content !== "object") return name === undefined ? [String(content)] : [];
  if (name !== undefined) return all(content, name).flatMap((found) => textsAt(found, rest));
  return Object.keys(content).flatMap((own) => textsAt(content, [own]));
}

const bare = (text: string): string => asDatatypeC(text).text.replace(/\s+/g, "");
const isCoded = (value: unknown): value is { code: string; text: string } =>
  typeof value === "object" && value !== null && "code" in value && "text" in value;

/** True if an answer can be told from the text of the elements where it should stand. */
function stands(value: unknown, found: string): boolean {
  if (Array.isArray(value)) return value.every((one) => stands(one, found));
  if (isCoded(value)) return found.includes(bare(value.code)) || found.includes(bare(value.text));
  if (typeof value === "boolean") return value ? /true|ja/.test(found) : !found.includes("true");
  if (typeof value === "number") return found.replaceAll(".", "").includes(String(Math.trunc(value)));
  return found.includes(bare(String(value))) || found.includes(germanDate(String(value)));
}

/** Answers that become codes of the standard, so that neither our code nor the word can be found again. */
const recoded = new Set(["eyeColour", "representativeRole", "visitPurpose", "workerQualification"]);

const values = (item: object) => Object.entries(item) as [string, unknown][];

/** Every answer of a payload by the name of its field, those of lists as `group/field`. */
function answersOf({ data }: Payload): [string, unknown][] {
  return Object.entries(data).flatMap(([name, block]) => {
    if (!Array.isArray(block)) return values(block as object);
    return (block as object[]).flatMap((item) =>
      values(item).flatMap(([field, value]): [string, unknown][] =>
        field === "id" ? [] : [[`${name}/${field}`, value]],
      ),
    );
  });
}

/** Answers that cannot be found where the table of targets has them; nothing that is not to be sent is in the payload. */
function lost(service: Service, payload: Payload, content: Elements): string[] {
  const fields = new Map(fieldsOfService(service).map((field) => [field.field, field]));
  return answersOf(payload).flatMap(([name, value]) => {
    const field = fields.get(name);
    const fate = field && fateOf(service, field);
    if (!fate || fate.kind === "notSent") return [`${name} is not to be sent`];
    if (fate.kind === "pdf") return [];
    const found = bare(fate.paths.flatMap((path) => textsAt(content, path.split("/"))).join(" "));
    const isTold = recoded.has(name) ? found !== "" : stands(value, found);
    return isTold ? [] : [`${name} is not at ${fate.paths.join(", ")}: ${JSON.stringify(value)} in ${found}`];
  });
}

/** What the written message holds, which is valid. */
function contentOf(input: ApplicationInput): Elements {
  const { xml } = standard!.application(input);
  expect(validatorFor(standard!).validate(xml)).toEqual({ ok: true });
  const read = readXml(Buffer.from(xml), standard!);
  if (!read.ok) throw new Error(read.code);
  return read.message.content;
}

test.each(ids)("any whole application for %s becomes a valid message that loses no answer with an element", (id) => {
  let written = 0;
  fc.assert(
    fc.property(applicantsOf(id), fc.boolean(), (applicant, isInline) => {
      if (!isWhole(applicant)) return;
      const input = sampleFiling(standard, applicant, { isInline });
      expect(lost(services[id], input.payload, contentOf(input))).toEqual([]);
      written += 1;
    }),
    { numRuns: 25, seed: 20_261_121 },
  );
  expect(written).toBeGreaterThan(4);
});

test.each(ids.filter(hasShortWay))("any short application for %s does, too", (id) => {
  let written = 0;
  fc.assert(
    fc.property(hurriedOf(id), (applicant) => {
      if (!isHurried(applicant)) return;
      const input = sampleFiling(standard, applicant, { isInline: false, isMinimal: true });
      expect(lost(services[id], input.payload, contentOf(input))).toEqual([]);
      written += 1;
    }),
    { numRuns: 25, seed: 20_261_121 },
  );
  expect(written).toBeGreaterThan(0);
});

describe.each(ids)("what is added to an application for %s", (id) => {
  test("goes as an answer to it with all documents", () => {
    const [applicant] = fc.sample(applicantsOf(id).filter(isWhole), { numRuns: 1, seed: 7 });
    const input = sampleFiling(standard, applicant!, { isInline: true });
    const supplements = randomUUID();
    const content = contentOf({ ...input, payload: { ...input.payload, kind: "supplement", supplements } });
    expect(content["ausloeserUUID"]).toBe(supplements);
    expect(all(content, "unterlage")).toHaveLength(input.documents.length);
    expect(content["antworttext"]).toContain(input.payload.reference);
  });
});
