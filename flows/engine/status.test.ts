import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { eventKinds, statusOf, type CaseEvent, type EventKind } from "#flows/engine/status.ts";

const events = (...kinds: EventKind[]): CaseEvent[] =>
  kinds.map((kind) => ({ kind, at: "2026-11-21T09:00:00Z", codes: [] }));

describe("status of a case", () => {
  test.each<[EventKind[], EventKind]>([
    [[], "filed"],
    [["filed"], "filed"],
    [["filed", "sent"], "sent"],
    [["filed", "sent", "pickedUp"], "pickedUp"],
    [["filed", "sent", "pickedUp", "accepted"], "accepted"],
    [["filed", "sent", "rejected"], "rejected"],
    [["filed", "stuck"], "stuck"],
    [["filed", "stuck", "sent"], "sent"],
    [["filed", "sent", "accepted", "question"], "question"],
    [["filed", "sent", "accepted", "question", "answered"], "answered"],
    [["filed", "sent", "accepted", "notCompetent", "forwarded"], "forwarded"],
    [["filed", "sent", "accepted", "withdrawalRequested", "withdrawn"], "withdrawn"],
  ])("after %j it is %s", (kinds, status) => {
    expect(statusOf(events(...kinds))).toBe(status);
  });

  test("what is only technical never takes back what the authority said", () => {
    expect(statusOf(events("filed", "sent", "accepted", "pickedUp", "sent", "stuck"))).toBe("accepted");
  });

  test("is always one of the known words", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...eventKinds)), (kinds) => {
        expect(eventKinds).toContain(statusOf(events(...kinds)));
      }),
    );
  });
});
