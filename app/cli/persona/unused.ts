import { itemsOf, namesOf, type Typed } from "#app/cli/persona/answers.ts";
import type { Walked } from "#app/cli/persona/complete.ts";
import { badFile } from "#app/cli/persona/fault.ts";
import type { Persona } from "#app/cli/persona/file.ts";
import type { EvidenceList } from "#flows/engine/evidence.ts";
import type { Settings } from "#flows/engine/facts.ts";
import { fieldsOf } from "#flows/engine/parse.ts";
import type { Walk, Walkable } from "#flows/engine/walk.ts";
import { services } from "#flows/services/registry.ts";
import { triage } from "#flows/services/triage.ts";

/** Refuses values that no page of any service asks for. @throws PersonaFault 2 naming the field */
export function requireKnownFields(typed: Typed, settings: Settings): void {
  const flows: readonly Walkable[] = [triage, ...Object.values(services).map(({ flow }) => flow)];
  const known = new Set(flows.flatMap((flow) => namesOf(flow, settings)));
  const unknown = Object.keys(typed).filter((name) => !known.has(name));
  if (unknown.length > 0) throw badFile(`answers.${unknown.join(", answers.")}: no service asks this field`);
}

/** Values, by where they stand in the file, that no page on the walked path asked for. */
function unusedIn(flow: Walkable, walk: Walk, typed: Typed, settings: Settings, where: string): string[] {
  const own = Object.keys(typed).filter((name) => !askedOn(flow, walk, settings).has(name));
  const inItems = walk.path.flatMap((name) => {
    const page = flow.steps[name];
    if (page?.kind !== "group") return [];
    const item = page.item as Walkable;
    return (itemsOf(name, item, typed, settings) ?? []).flatMap((entry, index) => {
      const walked = walk.items[name]?.[index];
      return walked ? unusedIn(item, walked.walk, entry, settings, `${where}${name}[${index}].`) : [];
    });
  });
  return [...own.map((name) => `${where}${name}`), ...inItems];
}

function askedOn(flow: Walkable, walk: Walk, settings: Settings): Set<string> {
  const asked = walk.path.flatMap((name) => {
    const page = flow.steps[name];
    return page ? [name, ...Object.keys(fieldsOf(page, { settings }))] : [];
  });
  return new Set(asked);
}

/** What of a file nobody asked for: fields by their names, evidence as `uploads.<code>`. */
export function unusedOf(persona: Persona, walks: readonly Walked[], asked: EvidenceList): string[] {
  const perWalk = walks.map(({ flow, walk, setting }) => unusedIn(flow, walk, persona.answers, setting.settings, ""));
  const [first = Object.keys(persona.answers), ...others] = perWalk;
  // A field counts as used if one of the flows asks it; entries of lists belong to one flow only.
  const topLevel = first.filter((name) => others.every((list) => list.includes(name)));
  const inItems = perWalk.flat().filter((name) => name.includes("["));
  const codes = new Set(asked.flatMap(({ code, alternatives }) => [code, ...alternatives]));
  // An empty list takes back what the extended file hands in.
  const uploads = [...persona.uploads]
    .filter(([code, files]) => files.length > 0 && !codes.has(code))
    .map(([code]) => `uploads.${code}`);
  return [...new Set([...topLevel, ...inItems]), ...uploads];
}
