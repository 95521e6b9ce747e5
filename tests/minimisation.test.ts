import { describe, expect, test } from "vitest";
import { storedOf } from "#app/cli/persona/answers.ts";
import { loadPersona } from "#app/cli/persona/file.ts";
import { evidenceCodes } from "#flows/engine/evidence.ts";
import type { Setting, Step, Steps } from "#flows/engine/facts.ts";
import type { Fields } from "#flows/engine/fields.ts";
import { fieldsOf } from "#flows/engine/parse.ts";
import { lawInForce } from "#flows/law/law.ts";
import { lawRows } from "#flows/law/rows.ts";
import { fullSettings, services, type ServiceId } from "#flows/services/registry.ts";
import { walkService } from "#flows/services/service.ts";
import { triage } from "#flows/services/triage.ts";
import { blocksOf } from "#tests/support/blocks/blocks.ts";

const TODAY = "2026-11-21";
const setting: Setting = { today: TODAY, law: lawInForce(lawRows, TODAY), settings: fullSettings };

const stepFields = (step: Step): string[] =>
  step.kind === "group" ? allFields(step.item.steps) : Object.keys(fieldsOf(step, setting));
const allFields = (steps: Steps): string[] => Object.values(steps).flatMap(stepFields);

/** Everything comes later: which pages come does not depend on files. */
const evidence = Object.fromEntries(evidenceCodes.map((code) => [code, { files: [], later: "" }]));

/** Fields on the pages of a service that a persona comes by, answered or not. */
function askedOf(id: ServiceId, name: string): Set<string> {
  const service = services[id];
  // Offences are asked in every column where the authority uses them; some personas live where it does not.
  const typed = {
    convicted: false,
    pendingProceedings: false,
    expelledOrRefused: false,
    postalDelivery: false,
    ...loadPersona(`tests/personas/${name}.json`).answers,
  };
  const stored = { ...storedOf(triage, typed, fullSettings), ...storedOf(service.flow, typed, fullSettings) };
  const walked = walkService(service, { ...stored, evidence }, setting).service;
  expect(walked.isComplete, `${name} stops at ${walked.path.at(-1)}`).toBe(true);
  return new Set(
    walked.path.flatMap((step) => {
      const page = service.flow.steps[step];
      return page ? stepFields(page) : [];
    }),
  );
}

describe.each(Object.keys(services) as ServiceId[])("data minimisation of %s (domain 2.8)", (id) => {
  const { flow } = services[id];
  const { blocks, personas, away } = blocksOf(id);

  test("the wizard asks what its blocks allow, and nothing outside", () => {
    const allowed = blocks.flatMap(({ mark, fields }) => (mark === "–" ? [] : fields));
    expect(allFields(flow.steps).toSorted()).toEqual([...allowed].toSorted());
  });

  test("a block that is not to be asked has no field", () => {
    expect(blocks.filter(({ mark, fields }) => mark === "–" && fields.length > 0)).toEqual([]);
  });

  test.each(personas)("%s is asked something of every mandatory block", (name) => {
    const asked = askedOf(id, name);
    const missing = blocks.filter(({ mark, fields }) => mark === "M" && !fields.some((field) => asked.has(field)));
    expect(missing.map((block) => block.name)).toEqual([]);
  });

  test("conditional blocks stay away from a person whom they do not concern", () => {
    const asked = askedOf(id, personas[0] ?? "");
    const concerned = blocks.filter(({ name }) => away.includes(name));
    expect(concerned.map(({ mark }) => mark)).toEqual(away.map(() => "C"));
    for (const { name, fields } of concerned)
      expect(
        fields.filter((field) => asked.has(field)),
        name,
      ).toEqual([]);
    expect(asked).not.toContain("offenceDetails");
  });

  test("height, eye colour and all ways to be reached are voluntary", () => {
    const fields: Fields = Object.assign({}, ...Object.values(flow.steps).map((step) => fieldsOf(step, setting)));
    const voluntary = [
      "heightCm",
      "eyeColour",
      "photoCode",
      "email",
      "phone",
      "preferredLanguage",
      "needs",
      "azrNumber",
      "consentEmail",
    ];
    const hasEmail = services[id].isSensitive !== true;
    for (const name of voluntary.filter((field) => fields[field] !== undefined))
      expect(fields[name], name).toMatchObject({ optional: true });
    // Whoever may be in danger is asked for no e-mail address and no consent to e-mail.
    expect(Object.keys(fields).some((name) => /email/i.test(name))).toBe(hasEmail);
  });
});

test("pages for some people of a service do not come to the others", () => {
  expect(askedOf("FAM-28", "p5")).not.toContain("custody");
  expect(askedOf("FAM-28", "fam28-parent")).not.toContain("germanLevel");
  expect(askedOf("FAM-28", "fam28-parent")).not.toContain("marriageDate");
  expect(askedOf("A-16b", "a16b-first")).not.toContain("studyOnTime");
  expect(askedOf("W-18g", "w18g-change")).not.toContain("employerChanged");
  expect(askedOf("W-18a", "p2")).not.toContain("firstSkilledTitle");
});
