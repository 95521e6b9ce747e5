import { expect, test } from "vitest";
import { diagnose } from "#tests/support/diagnose.ts";

type Parts = { steps: string; guards: string; next: string };
const right: Parts = {
  steps: "...opening, course: page('a', { isPaid: yesNo() }), grant: page('a', {}), ...closing",
  guards: "...frameGuards, isPaid: ({ answers }) => answers.isPaid === true && answers.request === 'first'",
  next: `...openingArrows("course"), course: [{ guard: "isPaid", target: "grant" }, ...toClosing], grant: toClosing,
    ...closingArrows`,
};

function source(change: Partial<Parts>): string {
  const { steps, guards, next } = { ...right, ...change };
  return `
    import { page } from "#flows/engine/facts.ts";
    import { yesNo } from "#flows/engine/fields.ts";
    import { defineFlow } from "#flows/engine/flow.ts";
    import { closing, closingArrows, frameGuards, opening, openingArrows, toClosing } from "#flows/services/shared/frame.ts";
    import type { TriageAnswers } from "#flows/services/triage.ts";
    export const parts = { closing, closingArrows, frameGuards, opening, openingArrows, toClosing };
    export const flow = defineFlow<TriageAnswers>()({
      id: "probe", initial: "mrz", steps: { ${steps} }, guards: { ${guards} }, next: { ${next} },
    });`;
}

const probes = {
  "a right service": source({}),
  "an exit to a page that is not there": source({ next: right.next.replace('("course")', '("cuorse")') }),
  "a page without arrows": source({ next: right.next.replace("grant: toClosing,", "") }),
  "shared pages without their arrows": source({ next: right.next.replace("...closingArrows", "") }),
  "shared arrows without their pages": source({ steps: right.steps.replace("...closing", "") }),
  "shared arrows without their guards": source({ guards: right.guards.replace("...frameGuards,", "") }),
  "a wrong guard": source({ next: right.next.replace('"isPaid"', '"isPiad"') }),
  "an unknown answer in a guard": source({ guards: right.guards.replace("answers.isPaid", "answers.isPiad") }),
  "an impossible value of an entry question": source({ guards: right.guards.replace("'first'", "'frist'") }),
} as const;

const diagnostics = diagnose(probes);

test("a right service compiles", () => {
  expect(diagnostics.get("a right service")).toEqual([]);
});

test.each(Object.keys(probes).filter((name) => name !== "a right service"))("%s is a compile error", (name) => {
  const messages = diagnostics.get(name)?.join("\n") ?? "";
  expect(messages).not.toBe("");
  // The service itself must be refused, not the probe's imports or syntax.
  expect(messages).not.toMatch(/Cannot find|expected/);
});
