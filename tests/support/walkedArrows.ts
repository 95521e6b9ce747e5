import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { storedOf } from "#app/cli/persona/answers.ts";
import { loadPersona, type Persona } from "#app/cli/persona/file.ts";
import { evidenceCodes } from "#flows/engine/evidence.ts";
import type { Setting } from "#flows/engine/facts.ts";
import type { Flow } from "#flows/engine/flow.ts";
import { walk, type Walkable } from "#flows/engine/walk.ts";
import { lawInForce } from "#flows/law/law.ts";
import { lawRows } from "#flows/law/rows.ts";
import { fullSettings, services, type ServiceId } from "#flows/services/registry.ts";
import { walkService } from "#flows/services/service.ts";
import { triage } from "#flows/services/triage.ts";

const FOLDER = "tests/personas";

/** What makes another person of a persona: some answers and switches. */
type Variant = { name: string; answers?: Record<string, unknown>; settings?: Persona["settings"] };

/** All personas by the name of their file. */
export const personas: ReadonlyMap<string, Persona> = new Map(
  readdirSync(FOLDER)
    .filter((file) => file.endsWith(".json"))
    .map((file) => [file.replace(".json", ""), loadPersona(join(FOLDER, file))]),
);

/** Variants that fit any persona: what the pages that all services share ask. */
export const variants = JSON.parse(readFileSync(join(FOLDER, "variants/frame.json"), "utf8")) as readonly Variant[];

/** A persona as one of the variants. */
export function asVariant(persona: Persona, variant: Variant): Persona {
  return {
    ...persona,
    name: `${persona.name}, ${variant.name}`,
    answers: { ...persona.answers, ...variant.answers },
    settings: { ...persona.settings, ...variant.settings },
  };
}

/** Names of all arrows of a flow. */
export function arrowsOf(flow: Walkable): string[] {
  return Object.entries(flow.arrows).flatMap(([step, list]) =>
    list.map(({ guard, target }) => `${flow.id}: ${step} → ${target}${guard ? ` [${guard}]` : ""}`),
  );
}

/** The flows of a wizard's lists, which services share. */
export function listFlows(flow: Walkable): Flow[] {
  return Object.values(flow.steps).flatMap((step) => (step.kind === "group" ? [step.item as Flow] : []));
}

/** The same flow, whose every arrow has a guard of its own that reports when it is taken. */
function reporting(flow: Walkable, taken: Set<string>): Walkable {
  const guards: Record<string, Flow["guards"][string]> = {};
  const arrows = Object.fromEntries(
    Object.entries(flow.arrows).map(([step, list]) => [
      step,
      list.map(({ guard, target }, index) => {
        const name = `${step}/${index}`;
        guards[name] = (facts) => {
          const holds = guard === undefined || (flow.guards[guard]?.(facts) ?? false);
          if (holds) taken.add(`${flow.id}: ${step} → ${target}${guard ? ` [${guard}]` : ""}`);
          return holds;
        };
        return { guard: name, target };
      }),
    ]),
  );
  const steps = Object.fromEntries(
    Object.entries(flow.steps).map(([name, step]) => [
      name,
      step.kind === "group" ? { ...step, item: reporting(step.item as Flow, taken) as Flow } : step,
    ]),
  );
  return { ...flow, steps, arrows, guards };
}

/** Everything comes later: which pages come does not depend on files. */
export const everythingLater = Object.fromEntries(evidenceCodes.map((code) => [code, { files: [], later: "" }]));

function settingOf({ today, settings }: Persona): Setting {
  return { today, law: lawInForce(lawRows, today), settings: { ...fullSettings, ...settings } };
}

/** The pages of a service that a persona comes by. */
export function walkedPath(id: ServiceId, persona: Persona): readonly string[] {
  const setting = settingOf(persona);
  const stored = [triage, services[id].flow].map((flow) => storedOf(flow, persona.answers, setting.settings));
  return walkService(services[id], Object.assign({ evidence: everythingLater }, ...stored), setting).service.path;
}

/** Walks a flow as a persona does and adds the arrows that it takes to `taken`; answers of the walk come back. */
export function walkArrows(flow: Walkable, persona: Persona, taken: Set<string>, given: object = {}): object {
  const setting = settingOf(persona);
  const stored = { ...storedOf(flow, persona.answers, setting.settings), evidence: everythingLater };
  return walk(reporting(flow, taken), stored, setting, given).answers;
}
