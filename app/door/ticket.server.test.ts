import { createSecretKey, randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { readTicket, writeTicket } from "./ticket.server.ts";

const key = createSecretKey(randomBytes(32));
const at = Date.parse("2026-11-21T09:00:00.123Z");

test.each(["waits", "admitted"] as const)("a ticket of somebody who %s reads as it was written", (kind) => {
  expect(readTicket(key, writeTicket(key, { kind, at }))).toEqual({ kind, at });
});

test("nobody else can write one, or make a place an admission", () => {
  const ticket = writeTicket(key, { kind: "waits", at });
  const forged = [
    undefined,
    "",
    "w",
    ticket.slice(0, -1),
    ticket.replace(/^w/, "a"),
    ticket.replace(/^w/, "w1"),
    writeTicket(createSecretKey(randomBytes(32)), { kind: "admitted", at }),
  ];
  for (const text of forged) expect(readTicket(key, text)).toBeUndefined();
});
