import { existsSync } from "node:fs";
import { controlsOf, itemsOf, type Typed } from "#app/cli/persona/answers.ts";
import { badFile } from "#app/cli/persona/fault.ts";
import type { Persona } from "#app/cli/persona/file.ts";
import type { Filling } from "#app/cli/persona/form.ts";
import type { EvidenceList } from "#flows/engine/evidence.ts";
import type { Settings, Step } from "#flows/engine/facts.ts";
import type { Walkable } from "#flows/engine/walk.ts";

/** Where a page stands in a wizard: `/:lng/:authority/:wizard/:step` or `…/:group/:item/:step`. */
export type Place = { wizard: string; step: string; item?: { id: string; step: string } };

/** Reads the place of a page from its address; `undefined` for pages outside of a wizard. */
export function placeOf({ pathname }: URL): Place | undefined {
  const [, , , wizard, step, id, itemStep] = pathname.split("/").map(decodeURIComponent);
  if (wizard === undefined || step === undefined) return undefined;
  return id !== undefined && itemStep !== undefined ? { wizard, step, item: { id, step: itemStep } } : { wizard, step };
}

/** The lists of a journey by group: entries of the file, and the ids that the service gave to those added so far. */
export type Lists = Map<string, { ids: string[]; items: readonly Typed[] }>;
type Group = { lists: Lists; name: string; flow: Walkable; typed: Typed; settings: Settings };

function listOf({ lists, name, flow, typed, settings }: Group): { ids: string[]; items: readonly Typed[] } {
  const known = lists.get(name);
  if (known) return known;
  const list = { ids: [], items: itemsOf(name, flow, typed, settings) ?? [] };
  lists.set(name, list);
  return list;
}

/** What a person does on the page of a list: add the next entry, or go on when all are there. */
export function fillGroup(group: Group): Filling {
  const { ids, items } = listOf(group);
  return { values: {}, ...(ids.length < items.length ? { press: "add" } : {}) };
}

/** What a person does on a page of an entry; an entry not seen before is the next one of the file. */
export function fillItem(group: Group, at: { id: string; step: string }): Filling {
  const { ids, items } = listOf(group);
  if (!ids.includes(at.id)) ids.push(at.id);
  const index = ids.indexOf(at.id);
  const step = group.flow.steps[at.step];
  const where = `answers.${group.name}[${index}].`;
  return { values: step ? controlsOf(step, items[index] ?? {}, group.settings, where) : {} };
}

/** What a person does on a page of questions or declarations. */
export function fillQuestions(step: Step, typed: Typed, settings: Settings): Filling {
  return { values: controlsOf(step, typed, settings, "answers.") };
}

/** Which files go where on the page of evidence: what another paper stands for goes into the box of the asked one. */
export function fillEvidence(asked: EvidenceList, uploads: Persona["uploads"]): Filling {
  const values: Record<string, string[]> = {};
  const files = new Map<string, readonly string[]>();
  for (const { code, alternatives } of asked) {
    const given = [code, ...alternatives].map((candidate) => uploads.get(candidate) ?? []);
    const paths = given.flatMap((entry) => (entry === "later" ? [] : entry));
    const missing = paths.find((path) => !existsSync(path));
    if (missing !== undefined) throw badFile(`uploads.${code}: ${missing} does not exist`);
    if (paths.length > 0) files.set(`${code}.files`, paths);
    else if (given.includes("later")) values[`${code}.later`] = ["yes"];
  }
  return { values, uploads: files };
}
