import { setup, type AnyStateMachine } from "xstate";
import type { Answers, Facts, Steps } from "#flows/engine/facts.ts";

type Edge<Target, Guard> = Target | { guard: Guard; target: Target };
/** Where a page leads: one page, or guarded pages of which the first that holds is taken; `null` ends the flow. */
export type Next<Target extends string, Guard extends string> =
  Edge<Target, Guard> | readonly Edge<Target, Guard>[] | null;

/** An arrow of the flow as the walk reads it. */
export type Arrow = { guard?: string; target: string };

/** A wizard: pages, arrows between them, guards on the arrows. Nothing in it acts; the walk reads it. */
export type Flow<S extends Steps = Steps, Given = unknown> = {
  id: string;
  initial: string;
  steps: S;
  arrows: Readonly<Record<string, readonly Arrow[]>>;
  guards: Readonly<Record<string, (facts: Facts) => boolean>>;
  /** The same graph as an XState machine: for drawing and for tests that walk it the other way. */
  machine: AnyStateMachine;
  /** Carries the type of answers given before this flow; never read. */
  given?: Given;
};

type Definition<S extends Steps, G extends string, Given> = {
  id: string;
  initial: NoInfer<keyof S & string>;
  steps: S;
  guards: Record<G, (facts: Facts<Given & Answers<NoInfer<S>>>) => boolean>;
  next: { [Name in keyof NoInfer<S>]: Next<NoInfer<keyof S & string>, NoInfer<G>> };
};

function toArrows(next: Next<string, string>): readonly Arrow[] {
  if (next === null) return [];
  const edges = Array.isArray(next) ? (next as readonly Edge<string, string>[]) : [next as Edge<string, string>];
  return edges.map((edge) => (typeof edge === "string" ? { target: edge } : edge));
}

/**
 * Defines a wizard. A wrong target, a wrong guard name, a missing or superfluous page and a guard that reads an unknown
 * answer are compile errors. `Given` is the type of answers that an earlier flow hands in.
 */
export function defineFlow<Given = unknown>() {
  return <const S extends Steps, G extends string>(definition: Definition<S, G, Given>): Flow<S, Given> => {
    const { id, initial, steps } = definition;
    const arrows = Object.fromEntries(
      Object.entries<Next<string, string>>(definition.next).map(([name, next]) => [name, toArrows(next)]),
    );
    // The walk hands in exactly the answers of the walked path; their static type was checked above.
    const guards = definition.guards as Record<string, (facts: Facts) => boolean>;
    return { id, initial, steps, arrows, guards, machine: toMachine(id, initial, arrows, guards) };
  };
}

function toMachine(id: string, initial: string, arrows: Flow["arrows"], guards: Flow["guards"]): AnyStateMachine {
  type Context = { facts: Facts };
  const states = Object.fromEntries(
    Object.entries(arrows).map(([name, list]) => [
      name,
      list.length === 0 ? { type: "final" as const } : { on: { NEXT: [...list] } },
    ]),
  );
  return setup({
    types: {} as { context: Context; input: Context; events: { type: "NEXT" } },
    guards: Object.fromEntries(
      Object.entries(guards).map(([name, guard]) => [
        name,
        ({ context }: { context: Context }) => guard(context.facts),
      ]),
    ),
  }).createMachine({ id, initial, context: ({ input }: { input: Context }) => input, states });
}
