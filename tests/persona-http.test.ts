import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { startStack } from "#tests/support/service.ts";

const run = promisify(execFile);
let stack: Awaited<ReturnType<typeof startStack>>;

beforeAll(async () => {
  stack = await startStack({ clock: "2026-11-21", gateway: true });
}, 180_000);
afterAll(() => stack.stop());

const applicants = [
  ["p1", "W-18g"],
  ["family", "W-18g"],
  ["represented", "W-18g"],
  ["barnim", "W-18g"],
  ["p2", "W-18a"],
  ["p4", "W-20"],
  ["p5", "FAM-28"],
  ["w18b", "W-18b"],
  ["a16b", "A-16b"],
  ["e1", "G-DULD"],
  ["wfast", "W-FAST"],
  ["fam-32", "FAM-32"],
  ["fam-31", "FAM-31"],
  ["h-25-12", "H-25-12"],
  ["n-26", "N-26"],
  ["d-ve", "D-VE"],
  ["eu-card", "EU-CARD"],
] as const;

test.concurrent.each(applicants)(
  "persona %s applies over HTTP without JavaScript for %s and is accepted",
  async (name, service) => {
    const command = ["app/cli/persona.ts", `tests/personas/${name}.json`, "--base", stack.url];
    const { stdout } = await run(process.execPath, command);
    expect(JSON.parse(stdout)).toMatchObject({ outcome: "application", status: "accepted", service });
  },
  120_000,
);

/** Two of them, P2 is one, live where a gateway takes messages over SFTP, all others where the Fachverfahren does. */
const BEHIND_GATEWAY = 2;

test.each([
  ["Fachverfahren", () => stack.fachverfahren, applicants.length - BEHIND_GATEWAY],
  ["gateway", () => stack.gateway, BEHIND_GATEWAY],
])("a message that came once is counted once by the %s", async (_name, address, count) => {
  const statistics: unknown = await (await fetch(`${address()}/statistics`)).json();
  expect(statistics).toEqual({ received: count, accepted: count, rejected: 0, duplicates: 0 });
});

const listed = z.array(z.object({ messageId: z.string() }));
const sent = z.looseObject({ service: z.looseObject({ id: z.string() }), household: z.unknown().optional() });

test("nobody finds the application of a person who may be in danger by their household", async () => {
  const api = `${stack.fachverfahren}/api/applications`;
  const ids = listed.parse(await (await fetch(api)).json()).map(({ messageId }) => messageId);
  const answers = await Promise.all(ids.map((id) => fetch(`${api}/${id}`)));
  // One of them lives where the authority takes XML, which has no household.
  const [json, xml] = ["application/json", "application/xml"].map((type) =>
    answers.filter(({ headers }) => headers.get("content-type") === type),
  );
  expect([xml?.length, answers.length]).toEqual([1, applicants.length - BEHIND_GATEWAY]);
  const payloads = await Promise.all((json ?? []).map(async (answer) => sent.parse(await answer.json())));
  const alone = payloads.filter(({ household }) => household === undefined).map(({ service }) => service.id);
  expect(alone).toEqual(["FAM-31"]);
});
