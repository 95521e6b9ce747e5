import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { judge } from "#app/components/form/judge.ts";
import type { LiveQuestion } from "#app/components/form/live.ts";
import { loadRules } from "#app/components/form/pageRules.ts";
import { rulesOf } from "#app/routes/shared/live.server.ts";
import { allSources, importsOf } from "#tests/support/sources.ts";
import type { Facts, Step, Steps } from "#flows/engine/facts.ts";
import { lookOf, type Field, type Fields } from "#flows/engine/fields.ts";
import { readFields, type FormValues } from "#flows/engine/forms.ts";
import { fieldsOf, parsePage } from "#flows/engine/parse.ts";
import { services } from "#flows/services/registry.ts";
import { triage } from "#flows/services/triage.ts";
import { where, wish, who, paper, reach } from "#flows/steps/short.ts";

const TODAY = "2026-11-21";

/** Every page of questions of some steps, those of entries of groups included. */
function pagesOf(steps: Steps): [string, Step][] {
  return Object.entries(steps).flatMap(([name, step]): [string, Step][] => {
    if (step.kind === "group") return pagesOf(step.item.steps);
    return step.kind === "fields" ? [[name, step]] : [];
  });
}

const flows = [triage.steps, ...Object.values(services).map(({ flow }) => flow.steps as Steps)];
const pages = [...new Map([...flows, { where, wish, who, paper, reach }].flatMap(pagesOf)).entries()];

const settings: Facts["settings"] = {
  services: [],
  extraQuestions: [
    { id: "hasDog", kind: "yesNo", label: "Hund?", optional: false },
    {
      id: "way",
      kind: "choice",
      label: "Weg?",
      optional: true,
      options: [
        { id: "bus", label: "Bus" },
        { id: "foot", label: "Fuß" },
      ],
    },
    { id: "remark", kind: "text", label: "Bemerkung", optional: true },
    { id: "movedOn", kind: "date", label: "Umzug", optional: false },
  ],
  askOffences: true,
  postalDelivery: true,
};
const all: [string, Step][] = [...pages, ["authorityQuestions", { kind: "extra", section: "questions" }]];

/** The page as the server describes it to the browser. */
function questionsOf(step: Step): LiveQuestion[] {
  return Object.entries(fieldsOf(step, { settings })).map(([name, field]) => {
    const own = settings.extraQuestions.find(({ id }) => id === name);
    return {
      name,
      look: lookOf(field),
      label: own?.label ?? name,
      isSensitive: field.sensitivity !== "none",
      options: own?.options?.map(({ id, label }) => ({ value: id, label })) ?? [],
    };
  });
}

const typed = fc.oneof(
  fc.constantFrom(
    "",
    " ",
    "14467",
    "+49 30 231250",
    "a@b.example",
    "Мария",
    "X 12-34",
    "58.000,50",
    "0",
    "-1",
    "yes",
    "٣",
  ),
  fc.string({ maxLength: 130 }),
);
const part = fc.oneof(
  fc.constantFrom("", "1", "29", "2", "12", "13", "1990", "2026", "2027", "١٧"),
  fc.nat(3000).map(String),
);

/** What somebody may type into the controls of a field. */
function controlsOf(name: string, field: Field): fc.Arbitrary<FormValues> {
  const one = (values: fc.Arbitrary<string>) => values.map((value) => ({ [name]: [value] }));
  switch (field.kind) {
    case "date":
    case "partialDate":
      return fc.tuple(part, part, part).map(([day, month, year]) => ({
        [`${name}.day`]: [day],
        [`${name}.month`]: [month],
        [`${name}.year`]: [year],
      }));
    case "countries":
      return fc
        .array(fc.constantFrom("", "IND", "DEU", "SYR", "x"), { maxLength: field.max })
        .map((list) => Object.fromEntries(list.map((value, index) => [`${name}.${index}`, [value]])));
    case "choices":
      return fc.subarray([...field.options, "other"]).map((list) => ({ [name]: list }));
    case "choice":
      return one(fc.constantFrom("", ...field.options, "other"));
    case "yesNo":
      return one(fc.constantFrom("", "yes", "no", "maybe"));
    case "confirm":
      return one(fc.constantFrom("", "yes"));
    case "country":
      return one(fc.constantFrom("", "IND", "DEU", "XXA", "india"));
    default:
      return one(typed);
  }
}

function formOf(fields: Fields): fc.Arbitrary<FormValues> {
  const parts = Object.entries(fields).map(([name, field]) => controlsOf(name, field));
  return fc.tuple(...parts).map((list) => Object.assign({}, ...list) as FormValues);
}

function serverProblems(step: Step, form: FormValues, answers: Facts["answers"]): object {
  const facts: Facts = { answers, today: TODAY, law: {}, settings };
  const parsed = parsePage(step, readFields(fieldsOf(step, facts), form), facts);
  return parsed.ok ? {} : parsed.problems;
}

test("there are pages to judge", () => {
  expect(pages.length).toBeGreaterThan(45);
});

describe.each(all)("the page %s", (_name, step) => {
  const fields = fieldsOf(step, { settings });
  const questions = questionsOf(step);

  test("is judged in the browser as on the server, as long as no other page matters", async () => {
    const at = rulesOf(step);
    const loaded = at && (await loadRules(at));
    expect(loaded).toBeDefined();
    if (!loaded) return;
    fc.assert(
      fc.property(formOf(fields), (form) => {
        expect(judge(loaded, questions, form, TODAY)).toEqual(serverProblems(step, form, {}));
      }),
      { numRuns: 60 },
    );
  });

  test("is never refused in the browser when the server would take it", () => {
    const given = fc.record({
      docType: fc.constantFrom("passport", "none"),
      nationalities: fc.constantFrom(["IND"], ["DEU", "SYR"]),
      dateOfBirth: fc.constantFrom("1990-05-17", "2015", undefined),
      titleValidUntil: fc.constantFrom("2026-12-31", undefined),
      applicantIs: fc.constantFrom("self", "child"),
    });
    fc.assert(
      fc.property(formOf(fields), given, (form, answers) => {
        const here = Object.keys(judge(step, questions, form, TODAY));
        const elsewhere = Object.fromEntries(Object.entries(answers).filter(([name]) => !Object.hasOwn(fields, name)));
        const there = Object.keys(serverProblems(step, form, elsewhere));
        expect(there).toEqual(expect.arrayContaining(here));
      }),
      { numRuns: 60 },
    );
  });
});

test("rules in the browser come without flows, reference lists and rows of the law", () => {
  const sources = new Map(allSources().map((source) => [source.path, source]));
  const start = pages
    .map(([, step]) => rulesOf(step))
    .flatMap((at) => (at && at !== "extra" ? [`flows/steps/${at.file}.ts`] : []));
  const seen = new Set<string>();
  const open = [...new Set(start)];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const source = sources.get(path);
    if (source) open.push(...importsOf(source).filter((target) => !isTypeOnly(source.text, target)));
  }
  // The letters of names are small and needed to judge as the server does.
  seen.delete("config/reference/din91379.json");
  expect(
    [...seen].filter((path) => /^(xstate|config\/|flows\/(services|delivery)\/|flows\/engine\/flow\.ts)/.test(path)),
  ).toEqual([]);
});

/** True if a source takes only types from a file, which the build drops. */
function isTypeOnly(text: string, target: string): boolean {
  const statement = text.split("\n").find((line) => line.includes(`"#${target}"`)) ?? "";
  return statement.startsWith("import type ");
}
