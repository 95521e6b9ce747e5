import { messageTypeOf } from "#flows/delivery/xauslaender2611/messageType.ts";
import { targets } from "#flows/delivery/xauslaender2611/targets.ts";
import type { Steps } from "#flows/engine/facts.ts";
import { fieldsOf } from "#flows/engine/parse.ts";
import { fullSettings } from "#flows/services/registry.ts";
import type { Service } from "#flows/services/service.ts";
import { triage } from "#flows/services/triage.ts";

/** What becomes of an answer: it stands in elements (paths below the message's own), only in the PDF, or it is not sent. */
export type Fate = { kind: "element"; paths: readonly string[] } | { kind: "pdf" } | { kind: "notSent" };

/** A field of a service; those of a list's entries are named `group/field`. */
export type ServiceField = { field: string; section: string; isUnsent: boolean };

const settings = { settings: fullSettings };

/** Every field that people can be asked for a service, in the order of the pages, entry questions first. */
export function fieldsOfService({ flow }: Pick<Service, "flow">): readonly ServiceField[] {
  const steps: Steps = { ...triage.steps, ...flow.steps };
  const found = Object.entries(steps).flatMap(([name, step]) => {
    const pages = step.kind === "group" ? Object.values(step.item.steps) : [step];
    const prefix = step.kind === "group" ? `${name}/` : "";
    return pages.flatMap((page) =>
      Object.entries(fieldsOf(page, settings)).map(([field, { isUnsent = false }]) => ({
        field: `${prefix}${field}`,
        section: step.section,
        isUnsent,
      })),
    );
  });
  return [...new Map(found.toReversed().map((one) => [one.field, one])).values()].toReversed();
}

/** What becomes of a field of a service in the message that an application for it becomes. */
export function fateOf(service: Pick<Service, "id">, { field, isUnsent }: ServiceField): Fate {
  if (isUnsent) return { kind: "notSent" };
  const paths = targets[messageTypeOf(service.id)]?.[field];
  return paths ? { kind: "element", paths } : { kind: "pdf" };
}
