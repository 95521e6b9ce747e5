import { toDirectedGraph } from "@xstate/graph";
import { describe, expect, test } from "vitest";
import { sampleFlow } from "#flows/engine/sample.fixture.ts";

describe("a defined flow", () => {
  test("keeps its arrows in order, with their guards", () => {
    expect(sampleFlow.arrows["job"]).toEqual([
      { guard: "isWellPaid", target: "result" },
      { guard: "hasChildren", target: "children" },
      { target: "files" },
    ]);
    expect(sampleFlow.arrows["questions"]).toEqual([{ target: "files" }]);
    expect(sampleFlow.arrows["review"]).toEqual([]);
  });

  test("has the same arrows as its XState machine", () => {
    const drawn = toDirectedGraph(sampleFlow.machine).children.flatMap((node) =>
      node.edges.map((edge) => `${edge.source.key} -> ${edge.target.key}`),
    );
    const listed = Object.entries(sampleFlow.arrows).flatMap(([from, list]) =>
      list.map(({ target }) => `${from} -> ${target}`),
    );
    expect(drawn.toSorted()).toEqual(listed.toSorted());
  });

  test("gives its machine final states where it ends", () => {
    expect(sampleFlow.machine.states["review"]?.type).toBe("final");
    expect(sampleFlow.machine.states["purpose"]?.type).toBe("atomic");
  });
});
