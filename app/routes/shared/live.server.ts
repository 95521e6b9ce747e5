import type { LiveInfo } from "#app/components/form/live.ts";
import type { RulesAt } from "#app/components/form/pageRules.ts";
import { isBorrowed } from "#app/routes/shared/helped.server.ts";
import type { StepAt } from "#app/routes/shared/step.server.ts";
import { unsentOwner } from "#app/session.server.ts";
import type { Step } from "#flows/engine/facts.ts";

const files = import.meta.glob<Readonly<Record<string, unknown>>>(
  ["../../../flows/steps/*.ts", "!**/*.test.ts", "!**/*.fixture.ts"],
  { eager: true },
);

const places = new Map<unknown, RulesAt>(
  Object.entries(files).flatMap(([path, exported]) => {
    const file = /([\w-]+)\.ts$/.exec(path)?.[1] ?? "";
    return Object.entries(exported).map(([page, value]) => [value, { file, page }] as const);
  }),
);

/** Where a browser finds the rules of a step; undefined for steps that it leaves to the server. */
export function rulesOf(step: Step): RulesAt | undefined {
  if (step.kind === "extra") return "extra";
  return step.kind === "fields" ? places.get(step) : undefined;
}

/** What a page of questions needs in the browser to judge answers there. */
export function liveOf({ context, open, facts }: StepAt, step: Step): LiveInfo {
  const rules = rulesOf(step);
  return {
    ...(rules ? { rules } : {}),
    today: facts.today,
    // A borrowed browser keeps nothing.
    ...(isBorrowed(context) ? {} : { owner: unsentOwner(context.app, context.visit, open?.holder.id ?? "") }),
  };
}
