import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { fillIn, referenceOf, type Applicant } from "./support/applicant.ts";
import { startStack, type Stack } from "./support/service.ts";
import { until } from "./support/until.ts";

const ROUNDS = 20;
const MINUTES = 60_000;

const zustelldienstFigures = z.object({
  submissions: z.object({ incomplete: z.number(), submitted: z.number(), accepted: z.number(), rejected: z.number() }),
});
const fachverfahrenFigures = z.object({
  received: z.number(),
  accepted: z.number(),
  rejected: z.number(),
  duplicates: z.number(),
});
const applications = z.array(z.object({ messageId: z.string(), reference: z.string(), state: z.string() }));

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
  // Between two steps of a delivery there is time to die.
  const body = JSON.stringify({ mode: "slow", delayMs: 40 });
  await fetch(`${stack.zustelldienst}/simulator/faults`, {
    method: "POST",
    body,
    headers: { "content-type": "application/json" },
  });
}, 2 * MINUTES);
afterAll(() => stack.stop());

async function json<T>(url: string, schema: z.ZodType<T>): Promise<T> {
  return schema.parse(await (await fetch(url)).json());
}

const atZustelldienst = async () =>
  (await json(`${stack.zustelldienst}/simulator/statistics`, zustelldienstFigures)).submissions;
const whole = async () => {
  const { submitted, accepted } = await atZustelldienst();
  return submitted + accepted;
};

/** Moments between pressing "submit" and knowing that the authority has it, in which the service dies in turn. */
const moments: readonly (() => Promise<unknown>)[] = [
  async () => undefined,
  () => until(atZustelldienst, ({ incomplete }) => incomplete > 0),
  () => until(whole, (count) => count > filed.length),
];
const filed: Applicant[] = [];

test(
  `killed ${ROUNDS} times between submit and delivery, the service brings every application in exactly once`,
  async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const applicant = await fillIn(stack.url);
      expect(await applicant.press()).toMatchObject({ status: 302, location: expect.stringMatching(/\/receipt$/) });
      await moments[round % moments.length]?.();
      await stack.kill9();
      await stack.restart();
      filed.push(applicant);
    }
    const references: string[] = [];
    for (const { browser, events } of filed) {
      const story = await until(events, (kinds) => kinds.includes("accepted"), 2 * MINUTES);
      expect(story.filter((kind) => kind !== "pickedUp")).toEqual(["filed", "sent", "accepted"]);
      references.push(referenceOf(await browser.open("/de/potsdam/receipt")));
    }
    const arrived = await json(`${stack.fachverfahren}/api/applications`, applications);
    expect(arrived.map(({ reference }) => reference).toSorted()).toEqual(references.toSorted());
    expect(arrived.every(({ state }) => state === "accepted")).toBe(true);
    const { accepted, rejected } = await json(`${stack.fachverfahren}/statistics`, fachverfahrenFigures);
    expect({ accepted, rejected }).toEqual({ accepted: ROUNDS, rejected: 0 });
  },
  5 * MINUTES,
);
