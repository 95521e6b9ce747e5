import { expect, test } from "vitest";
import { receiptOf } from "./poll.server.ts";
import type { Statement } from "./statement.server.ts";

const statement = (event: Statement["event"], payload: unknown = {}): Statement => ({
  event,
  jti: "6d0f3f5e-6a3b-4d3c-9a53-0c9a5f6a1d11",
  at: "2026-11-21T09:00:00.000Z",
  payload,
  raw: "a.b.c",
});
const kindsOf = (told: Statement) => receiptOf(told).map(({ kind }) => kind);

test("a message is picked up when the receiver asked for what there is, not when it was only called", () => {
  expect(kindsOf(statement("notify-submission", { notifyType: "polling" }))).toEqual(["pickedUp"]);
  expect(kindsOf(statement("notify-submission", { notifyType: "callback" }))).toEqual([]);
  expect(kindsOf(statement("notify-submission"))).toEqual(["pickedUp"]);
});

test("steps inside the Zustelldienst are no news", () => {
  for (const event of ["create-submission", "submit-submission", "delete-submission"] as const)
    expect(kindsOf(statement(event))).toEqual([]);
});
