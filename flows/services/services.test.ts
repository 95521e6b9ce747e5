import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { initialTransition, transition } from "xstate";
import { parsePage } from "#flows/engine/parse.ts";
import type { Facts, Setting } from "#flows/engine/facts.ts";
import { evidenceFor } from "#flows/law/evidence.ts";
import { deadlineFor } from "#flows/law/deadline.ts";
import { feeFor } from "#flows/law/fee.ts";
import { legalBasisFor } from "#flows/law/legalBasis.ts";
import { law, today } from "#flows/law/people.fixture.ts";
import { draftsOf } from "#tests/support/randomAnswers.ts";
import { fullSettings, services } from "#flows/services/registry.ts";
import { walkService, type Service } from "#flows/services/service.ts";
import { triage } from "#flows/services/triage.ts";
import { wishes } from "#flows/services/wishes.ts";

const question = { id: "x-own-room", kind: "yesNo", label: "Haben Sie ein eigenes Zimmer?", optional: true } as const;
const settings = fc.record({
  services: fc.constant(fullSettings.services),
  extraQuestions: fc.constantFrom([], [question]),
  askOffences: fc.boolean(),
  postalDelivery: fc.boolean(),
});
const requests = fc.constantFrom("first", "extension", "change");

const purposes = { workGoal: "work", studyGoal: "study", familyGoal: "family", protectionGoal: "protection" };
/** Entry answers that lead to a service by one of its wishes, or none: some pages are for one wish alone. */
const entries = (service: Service) =>
  fc.constantFrom(
    {},
    ...wishes
      .filter((row) => row.service === service.id)
      .map(({ wish }) => {
        const purpose = Object.entries(purposes).find(([goal]) => goal in wish)?.[1];
        if (purpose === undefined) return {};
        return { applicantIs: "self", familyOf: "none", currentTitleType: "residencePermit", purpose, ...wish };
      }),
  );

/** Random people of a service: every question of entry and service answered, in random circumstances. */
const people = (service: Service) =>
  fc
    .tuple(draftsOf({ ...triage.steps, ...service.flow.steps }), requests, settings, entries(service))
    .map(([draft, request, own, entry]) => ({
      stored: { ...draft, request, documentChanges: ["none"], ...entry },
      setting: { today, law, settings: own } satisfies Setting,
    }));

/** Pages that lead on, in the order in which they are drawn, from one page. */
const targets = ({ flow }: Service, step: string): string[] => (flow.arrows[step] ?? []).map(({ target }) => target);

describe.each(Object.values(services))("the wizard of $id", (service) => {
  test("has neither loop nor dead end, and no page that nothing leads to", () => {
    const { flow } = service;
    const levels = new Map<string, Set<string>>();
    const visit = (step: string, open: readonly string[]): Set<string> => {
      expect(open, `a loop at "${step}"`).not.toContain(step);
      const known = levels.get(step);
      if (known) return known;
      const found = new Set([step, ...targets(service, step).flatMap((next) => [...visit(next, [...open, step])])]);
      levels.set(step, found);
      return found;
    };
    expect([...visit(flow.initial, [])].toSorted()).toEqual(Object.keys(flow.steps).toSorted());
    expect(Object.keys(flow.steps).filter((step) => targets(service, step).length === 0)).toEqual(["review"]);
    // The last arrow of a page has no guard, so somebody for whom none holds goes on all the same.
    const open = Object.entries(flow.arrows).filter(([, list]) => list.at(-1)?.guard !== undefined);
    expect(open.map(([step]) => step)).toEqual([]);
  });

  test("has no list that is called like a section: the payload keeps both by name", () => {
    const steps = Object.entries(service.flow.steps);
    const sections = new Set(steps.flatMap(([, { kind, section }]) => (kind === "fields" ? [section] : [])));
    expect(steps.filter(([name, { kind }]) => kind === "group" && sections.has(name))).toEqual([]);
  });

  test("goes on with any answers that fit, as its XState machine does, and comes by all of its pages", () => {
    const seen = new Set<string>();
    let complete = 0;
    fc.assert(
      fc.property(people(service), ({ stored, setting }) => {
        const walked = walkService(service, stored, setting);
        const { path, isComplete } = walked.service;
        expect(new Set(path).size).toBe(path.length);
        path.forEach((step) => seen.add(step));
        if (isComplete) complete += 1;
        else {
          const last = path.at(-1) ?? "";
          const step = service.flow.steps[last];
          // Only a page that refuses something stops the way.
          const facts = { ...setting, answers: walked.answers };
          if (step && step.kind === "fields") expect(parsePage(step, stored, facts).ok, last).toBe(false);
          else expect(step?.kind).toBe("group");
        }
        expectSameAsMachine(service, path, { ...setting, answers: walked.answers });
        // What the walk dropped never led it: the answers that are left lead the same way and lose nothing more.
        if (!isComplete) return;
        const again = walkService(service, { ...walked.triage.answers, ...walked.service.answers }, setting);
        expect([again.service.path, again.answers]).toEqual([path, walked.answers]);
      }),
      { numRuns: 250, seed: 20_261_121 },
    );
    expect(complete).toBeGreaterThan(50);
    expect(Object.keys(service.flow.steps).filter((step) => !seen.has(step))).toEqual([]);
  });

  test("gives the law engines facts that they can read at every page", () => {
    fc.assert(
      fc.property(people(service), ({ stored, setting }) => {
        const { answers } = walkService(service, stored, setting);
        for (const known of [answers, {}]) {
          const situation = service.situation({ ...setting, answers: known });
          expect(situation.service).toBe(service.id);
          expect(legalBasisFor(situation, law, today).findings.length).toBeLessThan(6);
          expect(evidenceFor(situation, law, today).length).toBeGreaterThan(1);
          expect(feeFor(situation, law, today).kind).not.toBe("unknown");
          expect(deadlineFor(situation, law, today).effect).toBeDefined();
        }
      }),
      { numRuns: 60 },
    );
  });
});

/** The machine comes by the same pages; facts of later pages do not lead it elsewhere. */
function expectSameAsMachine({ flow }: Service, path: readonly string[], facts: Facts): void {
  let [snapshot] = initialTransition(flow.machine, { facts });
  const machinePath = [snapshot.value];
  path.slice(1).forEach(() => {
    const here = flow.machine.resolveState({ value: snapshot.value, context: { facts } });
    [snapshot] = transition(flow.machine, here, { type: "NEXT" });
    machinePath.push(snapshot.value);
  });
  expect(machinePath).toEqual(path);
  expect(snapshot.status).toBe(path.at(-1) === "review" ? "done" : "active");
}
