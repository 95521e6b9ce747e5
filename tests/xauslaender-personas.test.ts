import { readdirSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { storedOf } from "#app/cli/persona/answers.ts";
import { loadPersona } from "#app/cli/persona/file.ts";
import { type Applicant, applicantOf } from "#app/cli/persona/sample.ts";
import { readXml } from "#app/xml/parse.server.ts";
import { validatorFor } from "#app/xml/validate.server.ts";
import { standards } from "#flows/delivery/standards.ts";
import { fullSettings, isServiceId, services } from "#flows/services/registry.ts";
import { hasShortWay } from "#flows/services/short.ts";
import { triage } from "#flows/services/triage.ts";
import { rebuiltJudge } from "./support/rebuiltSchema.ts";
import { sampleFiling } from "./support/sampleFiling.ts";

const [standard] = standards;
if (!standard) throw new Error("There is no standard");
const rebuiltLine = rebuiltJudge();

type Person = { name: string; applicant: Applicant; isMinimalOnly: boolean };

/** The person of a file, if they file something; those who only take the short way do not answer more. */
function personOf(file: string): Person | undefined {
  const path = `tests/personas/${file}`;
  const name = file.replace(".json", "");
  const whole = applicantOf(path);
  if (whole) return { name, applicant: whole, isMinimalOnly: false };
  const { answers, expect: expected } = loadPersona(path);
  const id = String(expected?.["service"]);
  if (expected?.["completeness"] !== "minimal" || !isServiceId(id)) return undefined;
  const stored = { ...storedOf(triage, answers, fullSettings), ...storedOf(services[id].flow, answers, fullSettings) };
  return { name, applicant: { id, stored }, isMinimalOnly: true };
}

const files = readdirSync("tests/personas").filter((file) => file.endsWith(".json"));
const people = files.flatMap((file) => personOf(file) ?? []);
const filesNothing = files.filter((file) => !people.some(({ name }) => `${name}.json` === file));

test("whoever files nothing is told so by their own file", () => {
  const outcomes = new Set(filesNothing.map((file) => loadPersona(`tests/personas/${file}`).expect?.["outcome"]));
  expect([...outcomes].toSorted()).toEqual(["information", "notNeeded", "otherAuthority"]);
  expect(people.length).toBeGreaterThan(180);
  expect(new Set(people.map(({ applicant }) => applicant.id))).toEqual(new Set(Object.keys(services)));
});

const ways = people.flatMap(({ name, applicant, isMinimalOnly }) => [
  ...(isMinimalOnly
    ? []
    : [
        { name: `${name} with documents inside`, applicant, how: { isInline: true } },
        { name: `${name} with documents that follow`, applicant, how: { isInline: false } },
      ]),
  ...(hasShortWay(applicant.id)
    ? [{ name: `${name} on the short way`, applicant, how: { isInline: true, isMinimal: true } }]
    : []),
]);

describe.each(ways)("the message of $name", ({ applicant, how }) => {
  test("is valid by our schema and by the rebuilt one, and is read as what it is", () => {
    const input = sampleFiling(standard, applicant, how);
    const { type, xml } = standard.application(input);
    expect(validatorFor(standard).validate(xml)).toEqual({ ok: true });
    expect(rebuiltLine?.(xml)).toBeUndefined();
    const read = readXml(Buffer.from(xml), standard);
    expect(read).toMatchObject({ ok: true, message: { id: type } });
    const following = input.documents.filter(({ base64 }) => base64 === undefined);
    expect(following.filter(({ id }) => !xml.includes(`<xauslaender:dokumentuuid>${id}<`))).toEqual([]);
    expect(xml.split("<xauslaender:dokument>").length - 1).toBe(input.documents.length - following.length);
  });
});

/** The message without one of its lines, and with it twice, for every line that holds a whole element. */
function broken(xml: string): string[] {
  const lines = xml.split("\n");
  return lines.flatMap((line, index) =>
    /^<([^\s>]+)[^>]*>.*<\/\1>$/.test(line)
      ? [lines.toSpliced(index, 1), lines.toSpliced(index, 0, line)].map((changed) => changed.join("\n"))
      : [],
  );
}

describe("both schemas judge alike, and name the same line, whatever element is missing or stands twice", () => {
  const longest = new Map<string, string>();

  beforeAll(() => {
    for (const { applicant, how } of ways) {
      const { type, xml } = standard.application(sampleFiling(standard, applicant, how));
      if (xml.length > (longest.get(type)?.length ?? 0)) longest.set(type, xml);
    }
  });

  test.each(["130101", "130201", "130301", "130401"])("in %s", (type) => {
    const validator = validatorFor(standard);
    const verdicts = broken(longest.get(type) ?? "").map((changed) => {
      const validity = validator.validate(changed);
      return { changed, line: validity.ok ? undefined : validity.line };
    });
    expect(verdicts.filter(({ line }) => line !== undefined).length).toBeGreaterThan(30);
    if (rebuiltLine) expect(verdicts.filter(({ changed, line }) => rebuiltLine(changed) !== line)).toEqual([]);
  });
});
