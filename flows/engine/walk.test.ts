import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { initialTransition, transition } from "xstate";
import type { Facts, Setting } from "#flows/engine/facts.ts";
import type { Walk } from "#flows/engine/walk.ts";
import { isReachable, nextStep, openStep, previousStep, walk } from "#flows/engine/walk.ts";
import { fieldsOf } from "#flows/engine/parse.ts";
import { sampleFlow, sampleSetting, sampleWalkable } from "#flows/engine/sample.fixture.ts";

const word = fc.constantFrom("Anna", "Potsdam", "Mia", "far too long for a nickname");
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 6 });
const noise = fc.constantFrom(null, 0, "x", [], {});
/** Mostly fitting, sometimes missing, sometimes nonsense: drafts of older versions look like this. */
const answer = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof(
    { weight: 40, arbitrary: value },
    { weight: 1, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: noise },
  );

const child = fc.record({
  id: fc.uuid(),
  childName: answer(word),
  livesHere: answer(fc.boolean()),
  country: answer(word),
  school: answer(maybe(word)),
  leftover: maybe(word),
});
const handedIn = fc.record(
  {
    PASS: fc.constant({ files: [], later: "folgt" }),
    CONTR: fc.constant({ files: [], later: "" }),
    EZB: fc.constant({ files: [], later: "" }),
  },
  { requiredKeys: ["PASS"] },
);
const drafts = fc.record({
  purpose: answer(fc.constantFrom("work", "study")),
  hasChildren: answer(fc.boolean()),
  employer: answer(word),
  pay: answer(fc.constantFrom(100, 400_000, 700_000)),
  nickname: answer(maybe(word)),
  university: answer(word),
  hasGrant: answer(fc.boolean()),
  grant: answer(fc.constantFrom("DAAD", "Land")),
  grantAgain: answer(fc.constantFrom("DAAD", "Land")),
  children: answer(fc.array(child, { maxLength: 4 })),
  "x-pet": answer(fc.boolean()),
  evidence: answer(handedIn),
  remark: answer(maybe(word)),
  abandoned: maybe(word),
});
const cases = fc.tuple(drafts, fc.boolean().map(sampleSetting));
const each = (check: (walked: Walk, stored: object, setting: Setting) => void) =>
  fc.assert(
    fc.property(cases, ([stored, setting]) => check(walk(sampleWalkable, stored, setting), stored, setting)),
    { numRuns: 400 },
  );

/** Names of the answers that a page gives. */
function answersOfPage(step: string, setting: Setting): string[] {
  const kind = sampleWalkable.steps[step]!;
  if (kind.kind === "group") return [step];
  return kind.kind === "evidence" ? ["evidence"] : Object.keys(fieldsOf(kind, setting));
}

function pick(answers: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(answers).filter(([name]) => names.includes(name)));
}

describe("whatever is stored", () => {
  test("the walk ends, starts at the first page and never comes to a page twice", () => {
    each((walked) => {
      expect(walked.path[0]).toBe("purpose");
      expect(new Set(walked.path).size).toBe(walked.path.length);
      expect(walked.path.every((step) => step in sampleFlow.steps)).toBe(true);
      if (walked.isComplete) expect(walked.path.at(-1)).toBe("review");
    });
  });

  test("the page before the next page is the page itself", () => {
    each((walked) => {
      for (const step of walked.path) {
        const next = nextStep(walked, step);
        if (next !== undefined) expect(previousStep(walked, next)).toBe(step);
        expect(isReachable(walked, step)).toBe(true);
      }
      expect(previousStep(walked, "purpose")).toBeUndefined();
      expect(nextStep(walked, openStep(walked))).toBeUndefined();
    });
  });

  test("answers come from pages on the path and from nowhere else", () => {
    each((walked, _, setting) => {
      const allowed = walked.path.flatMap((step) => answersOfPage(step, setting));
      expect(Object.keys(walked.answers).filter((name) => !allowed.includes(name))).toEqual([]);
      for (const item of Object.values(walked.items).flat()) {
        expect("leftover" in item.walk.answers).toBe(false);
        if (!item.walk.path.includes("abroad")) expect("country" in item.walk.answers).toBe(false);
      }
    });
  });

  test("a complete walk over its own answers is the same walk; an open one gets at least as far", () => {
    let complete = 0;
    each((walked, _, setting) => {
      const again = walk(sampleWalkable, walked.answers, setting);
      expect(again.path.slice(0, walked.path.length)).toEqual(walked.path);
      if (!walked.isComplete) return;
      complete += 1;
      expect(again).toEqual(walked);
    });
    expect(complete).toBeGreaterThan(10);
  });

  test("XState goes the same way as the table", () => {
    let arrows = 0;
    each((walked, _, setting) => {
      const factsAfter = (index: number): Facts => {
        const names = walked.path.slice(0, index + 1).flatMap((step) => answersOfPage(step, setting));
        return { ...setting, answers: pick(walked.answers, names) };
      };
      const { machine } = sampleFlow;
      let [snapshot] = initialTransition(machine, { facts: factsAfter(-1) });
      walked.path.slice(1).forEach((step, index) => {
        const here = machine.resolveState({ value: snapshot.value, context: { facts: factsAfter(index) } });
        [snapshot] = transition(machine, here, { type: "NEXT" });
        expect(snapshot.value).toBe(step);
        arrows += 1;
      });
      expect(snapshot.status).toBe(walked.path.at(-1) === "review" ? "done" : "active");
    });
    expect(arrows).toBeGreaterThan(100);
  });

  test("the stored answers themselves are never changed", () => {
    each((_, stored, setting) => {
      const before = structuredClone(stored);
      walk(sampleWalkable, stored, setting);
      expect(stored).toEqual(before);
    });
  });
});

describe("a draft", () => {
  const setting = sampleSetting(false);
  const work = { purpose: "work", hasChildren: false, employer: "Acme", pay: 100 };
  const given = { evidence: { PASS: { later: "" }, CONTR: { later: "" } } };

  test("stops at the first page that is not answered", () => {
    expect(walk(sampleWalkable, { purpose: "work", hasChildren: true }, setting)).toEqual({
      path: ["purpose", "job"],
      answers: { purpose: "work", hasChildren: true },
      items: {},
      isComplete: false,
    });
  });

  test("forgets the branch that the person has left", () => {
    const walked = walk(
      sampleWalkable,
      { ...work, ...given, university: "TU", hasGrant: true, grant: "DAAD" },
      setting,
    );
    expect(walked.isComplete).toBe(true);
    expect(Object.keys(walked.answers)).toEqual(["purpose", "hasChildren", "employer", "pay", "evidence"]);
  });

  test("takes the first arrow whose guard holds", () => {
    const walked = walk(sampleWalkable, { ...work, hasChildren: true, pay: 900_000, ...given }, setting);
    expect(walked.path).toEqual(["purpose", "job", "result", "files", "review"]);
  });

  test("with an untouched list is open, with an empty one goes on", () => {
    const parent = { ...work, ...given, hasChildren: true };
    expect(openStep(walk(sampleWalkable, parent, setting))).toBe("children");
    expect(walk(sampleWalkable, { ...parent, children: [] }, setting).isComplete).toBe(true);
  });

  test("waits for every entry of a list, and refuses more entries than the list takes", () => {
    const parent = { ...work, ...given, hasChildren: true };
    const anna = { id: "a", childName: "Anna", livesHere: true };
    const open = walk(sampleWalkable, { ...parent, children: [anna, { id: "b", childName: "Ben" }] }, setting);
    expect(openStep(open)).toBe("children");
    expect(open.items["children"]?.map((item) => item.walk.isComplete)).toEqual([true, false]);
    const many = [1, 2, 3, 4].map((number) => ({ ...anna, id: String(number) }));
    expect(openStep(walk(sampleWalkable, { ...parent, children: many }, setting))).toBe("children");
    expect(walk(sampleWalkable, { ...parent, children: many.slice(1) }, setting).isComplete).toBe(true);
  });

  test("obeys rules between the fields of a page", () => {
    const study = { purpose: "study", hasChildren: false, university: "TU", hasGrant: true, grant: "DAAD" };
    expect(openStep(walk(sampleWalkable, { ...study, grantAgain: "Land" }, setting))).toBe("grant");
    expect(openStep(walk(sampleWalkable, { ...study, grantAgain: "DAAD" }, setting))).toBe("files");
  });

  test("asks the authority's questions only where there are any", () => {
    const parent = { ...work, ...given, hasChildren: true, children: [] };
    expect(openStep(walk(sampleWalkable, parent, sampleSetting(true)))).toBe("questions");
    expect(walk(sampleWalkable, { ...parent, "x-pet": false }, sampleSetting(true)).answers["x-pet"]).toBe(false);
  });

  test("needs required evidence, for which an alternative or a promise will do", () => {
    const open = walk(sampleWalkable, { ...work, evidence: { PASS: { later: "" } } }, setting);
    expect(openStep(open)).toBe("files");
    const promised = { ...work, evidence: { PASS: { later: "" }, EZB: { later: "in einer Woche" } } };
    expect(walk(sampleWalkable, promised, setting).isComplete).toBe(true);
  });
});

describe("a broken flow", () => {
  const looped = { ...sampleWalkable, arrows: { ...sampleWalkable.arrows, files: [{ target: "purpose" }] } };
  const stored = {
    purpose: "work",
    hasChildren: false,
    employer: "A",
    pay: 1,
    evidence: { PASS: { later: "" }, CONTR: { later: "" } },
  };

  test("with a loop throws instead of going round for ever", () => {
    expect(() => walk(looped, stored, sampleSetting(false))).toThrow('cannot go on at "purpose"');
  });

  test("with no way on throws", () => {
    const stuck = { ...sampleWalkable, arrows: { purpose: [{ guard: "hasGrant", target: "job" }] } };
    expect(() => walk(stuck, stored, sampleSetting(false))).toThrow('no way on from "purpose"');
  });
});
