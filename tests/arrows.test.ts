import { expect, test } from "vitest";
import type { Persona } from "#app/cli/persona/file.ts";
import { services, type ServiceId } from "#flows/services/registry.ts";
import { short } from "#flows/services/short.ts";
import { triage } from "#flows/services/triage.ts";
import { arrowsOf, asVariant, listFlows, personas, variants, walkArrows } from "#tests/support/walkedArrows.ts";

const all = [...personas.values()];

/** Personas whose answers lead to a service, by what they expect. */
function applicantsFor(id: ServiceId): Persona[] {
  return all.filter(({ expect: expected, service }) => (expected?.["service"] ?? service) === id);
}

test("every arrow of the entry questions is walked by a persona", () => {
  const taken = new Set<string>();
  for (const persona of all) walkArrows(triage, persona, taken);
  expect(arrowsOf(triage).filter((arrow) => !taken.has(arrow))).toEqual([]);
});

test("every arrow of the short path is walked by a persona", () => {
  const taken = new Set<string>();
  for (const persona of all) walkArrows(short, persona, taken);
  expect(arrowsOf(short).filter((arrow) => !taken.has(arrow))).toEqual([]);
});

/** Arrows that the personas of a service take, as they are and as all of their variants. */
function takenIn(id: ServiceId): Set<string> {
  const taken = new Set<string>();
  const applicants = applicantsFor(id);
  for (const persona of applicants.flatMap((one) => [one, ...variants.map((variant) => asVariant(one, variant))])) {
    walkArrows(services[id].flow, persona, taken, walkArrows(triage, persona, new Set()));
  }
  return taken;
}

const ids = Object.keys(services) as ServiceId[];
const taken = new Map(ids.map((id) => [id, takenIn(id)]));

test.each(ids)("every arrow of %s is walked by a persona, or by one of them as a variant", (id) => {
  expect(applicantsFor(id).length).toBeGreaterThan(0);
  expect(arrowsOf(services[id].flow).filter((arrow) => !taken.get(id)?.has(arrow))).toEqual([]);
});

test("every arrow of the lists within the services is walked by a persona", () => {
  const walked = new Set([...taken.values()].flatMap((arrows) => [...arrows]));
  const arrows = ids.flatMap((id) => listFlows(services[id].flow).flatMap(arrowsOf));
  expect([...new Set(arrows)].filter((arrow) => !walked.has(arrow))).toEqual([]);
});

test("the personas have names of their own, and there are at least 40 of them", () => {
  const names = all.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(40);
});
