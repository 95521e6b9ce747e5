import { expect, test } from "vitest";
import { diagnose } from "#tests/support/diagnose.ts";

type Parts = { initial: string; steps: string; guards: string; next: string };
const right: Parts = {
  initial: '"person"',
  steps:
    "person: page('a', { age: number(0, 120), isAlone: yesNo() }), partner: page('a', { partner: text() }), end: page('a', {})",
  guards: "isAlone: ({ answers }) => answers.isAlone === true, wantsWork: ({ answers }) => answers.purpose === 'work'",
  next: "person: [{ guard: 'isAlone', target: 'end' }, { guard: 'wantsWork', target: 'end' }, 'partner'], partner: 'end', end: null",
};

function source(change: Partial<Parts>): string {
  const { initial, steps, guards, next } = { ...right, ...change };
  return `
    import { page } from "#flows/engine/facts.ts";
    import { number, text, yesNo } from "#flows/engine/fields.ts";
    import { defineFlow } from "#flows/engine/flow.ts";
    export const flow = defineFlow<{ purpose?: "work" | "study" }>()({
      id: "probe", initial: ${initial}, steps: { ${steps} }, guards: { ${guards} }, next: { ${next} },
    });`;
}

const probes = {
  "a right flow": source({}),
  "a wrong target": source({ next: right.next.replace("partner: 'end'", "partner: 'ende'") }),
  "a wrong target behind a guard": source({ next: right.next.replace("target: 'end'", "target: 'ende'") }),
  "a wrong guard name": source({ next: right.next.replace("guard: 'isAlone'", "guard: 'isAlon'") }),
  "a missing step": source({ next: right.next.replace("partner: 'end', ", "") }),
  "a superfluous step": source({ next: `${right.next}, zzz: 'end'` }),
  "an unknown answer in a guard": source({ guards: right.guards.replace("answers.isAlone", "answers.isAlnoe") }),
  "an impossible value in a guard": source({ guards: right.guards.replace("'work'", "'wrok'") }),
  "an answer of the wrong type in a guard": source({ guards: right.guards.replace("answers.isAlone", "answers.age") }),
  "a wrong first page": source({ initial: '"zzz"' }),
} as const;

const diagnostics = diagnose(probes);

test("a right flow compiles", () => {
  expect(diagnostics.get("a right flow")).toEqual([]);
});

test.each(Object.keys(probes).filter((name) => name !== "a right flow"))("%s is a compile error", (name) => {
  const messages = diagnostics.get(name)?.join("\n") ?? "";
  expect(messages).not.toBe("");
  // The flow itself must be refused, not the probe's imports or syntax.
  expect(messages).not.toMatch(/Cannot find|expected/);
});
