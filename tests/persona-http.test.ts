import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startStack } from "#tests/support/service.ts";

const run = promisify(execFile);
let stack: Awaited<ReturnType<typeof startStack>>;

beforeAll(async () => {
  stack = await startStack({ clock: "2026-11-21" });
}, 180_000);
afterAll(() => stack.stop());

test.each(["p1", "family", "represented", "barnim"])(
  "persona %s applies over HTTP without JavaScript and is accepted",
  async (name) => {
    const command = ["app/cli/persona.ts", `tests/personas/${name}.json`, "--base", stack.url];
    const { stdout } = await run(process.execPath, command);
    expect(JSON.parse(stdout)).toMatchObject({ outcome: "application", status: "accepted", service: "W-18g" });
  },
  120_000,
);

test("a message that came once is counted once by the Fachverfahren", async () => {
  const statistics: unknown = await (await fetch(`${stack.fachverfahren}/statistics`)).json();
  expect(statistics).toMatchObject({ received: 4, accepted: 4, rejected: 0, duplicates: 0 });
});
