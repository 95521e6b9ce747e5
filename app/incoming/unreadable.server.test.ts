import { afterAll, beforeAll, expect, test } from "vitest";
import { DeliveryError } from "#app/connector/errors.ts";
import { takeFound } from "#app/incoming/take.server.ts";
import { openApp, type TestApp } from "#tests/support/app.ts";
import { refusals } from "#drizzle/incoming.ts";

let opened: TestApp;
beforeAll(async () => {
  opened = await openApp();
});
afterAll(() => opened.close());

test("a message that cannot be read now is left for later, and the log says why in a word and no more", async () => {
  const { app } = opened;
  const said: unknown[] = [];
  const log = { ...app.log, error: (words: object) => void said.push(words) };
  const cause = new Error("/answers/Bescheid Erika Muster.xml");
  const read = () => Promise.reject(new DeliveryError("unreachable", true, { cause }));
  const authority = app.config.byId.get("potsdam")!;
  const verdict = await takeFound({ ...app, log }, authority, { name: "Bescheid.xml", size: 9, read });
  expect(verdict).toEqual({ kind: "later" });
  expect(said).toEqual([{ authority: "potsdam", code: "unreachable" }]);
  expect(await app.database.db.select().from(refusals)).toEqual([]);
});
