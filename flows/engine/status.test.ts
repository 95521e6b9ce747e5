import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  eventKinds,
  isStanding,
  openQuestions,
  statusOf,
  type CaseEvent,
  type EventKind,
} from "#flows/engine/status.ts";

const events = (...kinds: EventKind[]): CaseEvent[] =>
  kinds.map((kind) => ({ kind, at: "2026-11-21T09:00:00Z", codes: [] }));

const first = { kind: "question", letter: "1", at: "", codes: [] } as const;
const second = { ...first, letter: "2" } as const;
const answer = (letter: string) =>
  ({ kind: "answered", letter, at: "", codes: [], beside: { kind: "answer", id: `to-${letter}` } }) as const;
const refused = { kind: "rejected", at: "", codes: [], beside: { kind: "answer", id: "to-1" } } as const;

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

  test("one answer does not hide that another question is still open, nor does a word that the case goes on", () => {
    expect(statusOf([first, second, answer("2")])).toBe("question");
    expect(openQuestions([first, second, answer("2")])).toEqual([first]);
    expect(statusOf([first, ...events("progress")])).toBe("question");
    expect(statusOf([first, second, answer("2"), answer("1"), ...events("progress")])).toBe("progress");
    expect(statusOf([first, ...events("appointment")])).toBe("appointment");
  });

  test("what the authority could not take over was not said: the question is open again, the application goes on", () => {
    expect(statusOf([...events("accepted"), first, answer("1"), refused])).toBe("question");
    const withdrawal = { kind: "withdrawal", id: "w" } as const;
    const [asked, rejected] = events("withdrawalRequested", "rejected").map((event) => ({
      ...event,
      beside: withdrawal,
    }));
    expect(statusOf([...events("accepted"), asked!])).toBe("withdrawalRequested");
    expect(statusOf([...events("accepted"), asked!, rejected!])).toBe("accepted");
  });

  test("what was refused or withdrawn counts no more, and what could not be withdrawn does", () => {
    const of = (kind: EventKind) => ({ ...events(kind)[0]!, beside: { kind: "withdrawal", id: "w" } }) as const;
    const [asked, refusedReply] = [of("withdrawalRequested"), of("rejected")];
    expect([events("filed"), events("accepted"), [...events("accepted"), first]].map(isStanding)).not.toContain(false);
    expect(isStanding([...events("accepted"), asked, refusedReply])).toBe(true);
    for (const ended of [events("filed", "rejected"), events("accepted", "withdrawn"), [...events("accepted"), asked]])
      expect(isStanding(ended)).toBe(false);
    expect(isStanding([...events("accepted"), asked, ...events("progress")])).toBe(false);
  });

  test("is always one of the known words", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...eventKinds)), (kinds) => {
        expect(eventKinds).toContain(statusOf(events(...kinds)));
      }),
    );
  });
});
