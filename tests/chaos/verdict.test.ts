import { describe, expect, test } from "vitest";
import type { Sent } from "./books.ts";
import type { Filing } from "./person.ts";
import { judge } from "./verdict.ts";

const filing = (reference?: string): Filing => ({
  kind: "application",
  ...(reference === undefined ? {} : { reference }),
});
const sent = (reference: string, change: Partial<Sent> = {}): Sent => ({
  id: `id of ${reference}`,
  reference,
  kind: "application",
  state: "accepted",
  lastError: null,
  ...change,
});
const accepted = (...references: string[]) =>
  new Map(references.map((reference) => [`id of ${reference}`, "accepted"]));

describe("the verdict", () => {
  test("is content when all that was acknowledged was accepted", () => {
    expect(judge([filing("A"), filing("B")], [sent("A"), sent("B")], accepted("A", "B"))).toEqual({
      figures: { filed: 2, acknowledged: 2, accepted: 2, lost: 0, stuck: 0 },
      complaints: [],
    });
  });

  test("counts as lost what has a receipt and is nowhere, or has not arrived", () => {
    const { figures, complaints } = judge(
      [filing("A"), filing("B"), filing("C")],
      [sent("B", { state: "waiting", lastError: "unreachable" }), sent("C")],
      accepted("C"),
    );
    expect(figures).toMatchObject({ acknowledged: 3, accepted: 1, lost: 2 });
    expect(complaints).toHaveLength(2);
  });

  test("does not believe the sender that something was accepted", () => {
    expect(judge([filing("A")], [sent("A")], new Map()).figures).toMatchObject({ accepted: 0, lost: 1 });
  });

  test("takes what is stuck for known, and complains unless something falsified explains it", () => {
    const explained = sent("A", { state: "stuck", lastError: "tagMismatch" });
    const unexplained = sent("B", { state: "stuck", lastError: "unreachable" });
    const { figures, complaints } = judge([filing("A"), filing("B")], [explained, unexplained], new Map());
    expect(figures).toMatchObject({ lost: 0, stuck: 2 });
    expect(complaints).toEqual([expect.stringContaining("unreachable")]);
  });

  test("knows that a message with a forged statement is kept back and asked about again and again", () => {
    const asked = sent("A", { state: "sending", lastError: "invalidStatement" });
    expect(judge([filing("A")], [asked], new Map())).toMatchObject({ figures: { lost: 0, stuck: 1 }, complaints: [] });
  });

  test("knows that a supplement waits for its application, and only then", () => {
    const supplement = sent("A", { id: "supplement", kind: "supplement", state: "waiting" });
    const filings: Filing[] = [filing("A"), { kind: "supplement", reference: "A" }];
    const forged = sent("A", { state: "sending", lastError: "invalidStatement" });
    expect(judge(filings, [forged, supplement], new Map()).figures.lost).toBe(0);
    expect(judge(filings, [sent("A"), supplement], accepted("A")).figures.lost).toBe(1);
  });

  test("complains of presses without a receipt and of messages without a press", () => {
    expect(judge([filing()], [sent("A")], accepted("A")).complaints).toHaveLength(1);
    expect(judge([filing("A")], [sent("A"), sent("B")], accepted("A", "B")).complaints).toHaveLength(1);
  });
});
