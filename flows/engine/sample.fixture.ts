import { page, type GroupStep, type Setting } from "#flows/engine/facts.ts";
import { choice, money, optional, text, yesNo } from "#flows/engine/fields.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import type { Walkable } from "#flows/engine/walk.ts";

const childFlow = defineFlow<{ purpose?: "work" | "study" }>()({
  id: "sample.child",
  initial: "child",
  steps: {
    child: page("family", { childName: text({ max: 20 }), livesHere: yesNo() }),
    abroad: page("family", { country: text({ max: 20 }) }),
    school: page("family", { school: optional(text({ max: 20 })) }),
  },
  guards: {
    livesAbroad: ({ answers }) => answers.livesHere === false,
    isStudyCase: ({ answers }) => answers.purpose === "study",
  },
  next: {
    child: [{ guard: "livesAbroad", target: "abroad" }, { guard: "isStudyCase", target: "school" }, "school"],
    abroad: "school",
    school: null,
  },
});

/** A small wizard with everything that flows are made of: for the engine's own tests. */
export const sampleFlow = defineFlow()({
  id: "sample",
  initial: "purpose",
  steps: {
    purpose: page("start", { purpose: choice(["work", "study"]), hasChildren: yesNo() }),
    job: page("work", { employer: text({ max: 20 }), pay: money(0, 1_000_000), nickname: optional(text({ max: 5 })) }),
    study: page("work", { university: text({ max: 20 }), hasGrant: yesNo() }),
    grant: page("work", { grant: text({ max: 20 }), grantAgain: text({ max: 20 }) }, (answers) =>
      answers.grant === answers.grantAgain ? {} : { grantAgain: "emailRepeat" },
    ),
    children: { kind: "group", section: "family", item: childFlow, max: 3 } satisfies GroupStep<typeof childFlow>,
    questions: { kind: "extra", section: "questions" },
    result: { kind: "result", section: "end" },
    files: { kind: "evidence", section: "end" },
    review: { kind: "review", section: "end", fields: { remark: optional(text({ max: 20 })) } },
  },
  guards: {
    wantsWork: ({ answers }) => answers.purpose === "work",
    hasGrant: ({ answers }) => answers.hasGrant === true,
    hasChildren: ({ answers }) => answers.hasChildren === true,
    hasQuestions: ({ settings }) => settings.extraQuestions.length > 0,
    isWellPaid: ({ answers }) => (answers.pay ?? 0) >= 500_000,
  },
  next: {
    purpose: [{ guard: "wantsWork", target: "job" }, "study"],
    job: [{ guard: "isWellPaid", target: "result" }, { guard: "hasChildren", target: "children" }, "files"],
    study: [{ guard: "hasGrant", target: "grant" }, { guard: "hasChildren", target: "children" }, "files"],
    grant: [{ guard: "hasChildren", target: "children" }, "files"],
    children: [{ guard: "hasQuestions", target: "questions" }, "files"],
    questions: "files",
    result: "files",
    files: "review",
    review: null,
  },
});

/** The sample flow with its evidence rule: a passport always, a contract for work. */
export const sampleWalkable: Walkable = {
  ...sampleFlow,
  evidence: ({ answers }) => [
    { code: "PASS", alternatives: [], need: "required", reason: "identity" },
    ...(answers["purpose"] === "work"
      ? [{ code: "CONTR" as const, alternatives: ["EZB" as const], need: "required" as const, reason: "job" }]
      : []),
  ],
};

/** Facts that do not come from the person, with and without a question of the authority. */
export function sampleSetting(isAsking: boolean): Setting {
  const extraQuestions = isAsking ? [{ id: "x-pet", kind: "yesNo" as const, label: "Haustier", optional: false }] : [];
  return {
    today: "2026-11-21",
    law: {},
    settings: { services: ["sample"], extraQuestions, askOffences: false, postalDelivery: false },
  };
}
