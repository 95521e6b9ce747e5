import { z } from "zod";
import { badFile } from "#app/cli/persona/fault.ts";
import { typedControls } from "#app/cli/persona/typed.ts";
import type { Settings, Step } from "#flows/engine/facts.ts";
import type { FormValues } from "#flows/engine/forms.ts";
import { readField } from "#flows/engine/forms.ts";
import { fieldsOf } from "#flows/engine/parse.ts";
import type { Walkable } from "#flows/engine/walk.ts";

/** Values of a person or of one entry of a list, by field id. */
export type Typed = Readonly<Record<string, unknown>>;
type Pages = Pick<Walkable, "steps">;

/** Fields that repeat another one: whoever does not say otherwise types the same twice. */
const typedTwice: Readonly<Record<string, string>> = { emailRepeat: "email" };

const itemList = z.array(z.record(z.string(), z.unknown()));

/** Names of everything that a flow can ask on its pages, groups included. */
export function namesOf(flow: Pages, settings: Settings): string[] {
  return Object.entries(flow.steps).flatMap(([name, step]) =>
    step.kind === "group" ? [name] : Object.keys(fieldsOf(step, { settings })),
  );
}

/**
 * The value that a person gives a field: that of the file, the repeated one, or the tick under a declaration, without
 * which nobody can file.
 */
export function valueFor(step: Step, name: string, typed: Typed, settings: Settings): unknown {
  const source = typedTwice[name];
  const given = typed[name] ?? (source === undefined ? undefined : typed[source]);
  const field = fieldsOf(step, { settings })[name];
  const isDeclaration = step.kind === "review" && field?.kind === "confirm" && !field.optional;
  return given ?? (isDeclaration ? true : undefined);
}

/** The filled controls of a page of questions. */
export function controlsOf(step: Step, typed: Typed, settings: Settings, where: string): FormValues {
  const filled = Object.entries(fieldsOf(step, { settings })).map(([name, field]) => {
    const value = valueFor(step, name, typed, settings);
    return value === undefined ? {} : typedControls(field, name, value, `${where}${name}`);
  });
  return Object.assign({}, ...filled);
}

/** The entries of a list as the file gives them; an `id` counts for nothing. */
export function itemsOf(group: string, flow: Pages, typed: Typed, settings: Settings): Typed[] | undefined {
  const given = typed[group];
  if (given === undefined) return undefined;
  const parsed = itemList.safeParse(given);
  if (!parsed.success) throw badFile(`answers.${group}: is not a list of entries`);
  const known = new Set(namesOf(flow, settings));
  return parsed.data.map((item, index) => {
    const own = Object.entries(item).filter(([name, value]) => name !== "id" && value !== null);
    const unknown = own.find(([name]) => !known.has(name));
    if (unknown) throw badFile(`answers.${group}[${index}].${unknown[0]}: no service asks this field`);
    return Object.fromEntries(own);
  });
}

/** The stored answers that come of what is typed: every page of a flow filled and read back as the service reads it. */
export function storedOf(flow: Pages, typed: Typed, settings: Settings, where = "answers."): Record<string, unknown> {
  const stored: Record<string, unknown> = {};
  for (const [step, page] of Object.entries(flow.steps)) {
    if (page.kind === "group") {
      const items = itemsOf(step, page.item as Walkable, typed, settings);
      stored[step] = items?.map((item, index) => ({
        id: `item${index + 1}`,
        ...storedOf(page.item as Walkable, item, settings, `${where}${step}[${index}].`),
      }));
      continue;
    }
    const form = controlsOf(page, typed, settings, where);
    for (const [name, field] of Object.entries(fieldsOf(page, { settings }))) {
      stored[name] = readField(field, name, form);
    }
  }
  return Object.fromEntries(Object.entries(stored).filter(([, value]) => value !== undefined));
}
