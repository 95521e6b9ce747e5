import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mermaidOf } from "#flows/engine/drawing.ts";
import { page, type GroupStep } from "#flows/engine/facts.ts";
import { text } from "#flows/engine/fields.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import { placeInLayers, type Point } from "#flows/engine/layers.ts";
import { svgOf } from "#flows/engine/svg.ts";

const child = defineFlow()({
  id: "child",
  initial: "name",
  steps: { name: page("family", { childName: text() }) },
  guards: {},
  next: { name: null },
});
const flow = defineFlow()({
  id: "sample",
  initial: "person",
  steps: {
    person: page("person", { name: text() }),
    children: { kind: "group", section: "family", item: child, max: 5 } satisfies GroupStep<typeof child>,
    end: page("end", { note: text() }),
  },
  guards: { isAlone: ({ answers }) => answers.name === "allein" },
  next: { person: [{ guard: "isAlone", target: "end" }, "children"], children: "end", end: null },
});
const names: Record<string, string> = { person: 'Person "A" & <B>', children: "Kinder", end: "Abschluss" };
const words = {
  title: "Ablauf <Muster>",
  step: (id: string) => names[id] ?? id,
  guard: () => "reist allein",
  otherwise: "sonst",
};

describe("Mermaid source", () => {
  test("names every page and arrow, marks lists and the end", () => {
    expect(mermaidOf(flow, words)).toBe(
      [
        "flowchart TD",
        '  start((" ")) --> s0',
        '  s0["Person #34;A#34; #38; #60;B#62;"]',
        '  s1[["Kinder"]]',
        '  s2(["Abschluss"])',
        '  s0 -->|"reist allein"| s2',
        '  s0 -->|"sonst"| s1',
        "  s1 --> s2",
        "",
      ].join("\n"),
    );
  });
});

describe("SVG drawing", () => {
  const svg = svgOf(flow, words);

  test("is one picture with a name and a description for screen readers", () => {
    expect(svg).toMatch(
      /^<svg [^>]*role="img" aria-labelledby="flow-sample-title" aria-describedby="flow-sample-desc"/,
    );
    expect(svg).toContain('<title id="flow-sample-title">Ablauf &#60;Muster&#62;</title>');
    expect(svg).toContain("→ Abschluss (reist allein)");
  });

  test("shows every page and every guard in words, and escapes them", () => {
    for (const shown of ["Person &#34;A&#34; &#38; &#60;B&#62;", "Kinder", "Abschluss", "reist allein", "sonst"]) {
      expect(svg).toContain(`>${shown}</tspan>`);
    }
    expect(svg).not.toContain("<B>");
  });

  test("has no style attributes and takes its colour from the text around it", () => {
    expect(svg).not.toMatch(/style=|#[0-9a-f]{3,6}\b(?!;)/i);
    expect(svg).toContain('stroke="currentColor"');
  });
});

/** Any graph without loops: arrows lead from lower to higher numbers. */
const graph = fc.integer({ min: 2, max: 35 }).chain((count) =>
  fc.record({
    boxes: fc
      .array(fc.constantFrom(38, 56, 74), { minLength: count, maxLength: count })
      .map((heights) => heights.map((height, index) => ({ id: `n${index}`, width: 200, height }))),
    links: fc.array(
      fc.tuple(fc.nat(count - 2), fc.integer({ min: 1, max: 6 }), fc.boolean()).map(([from, step, isNamed]) => ({
        from: `n${from}`,
        to: `n${Math.min(count - 1, from + step)}`,
        label: isNamed ? { width: 120, height: 18 } : { width: 0, height: 0 },
      })),
      { maxLength: 45 },
    ),
  }),
);

type Rectangle = { x: number; y: number; width: number; height: number };
const overlap = (a: Rectangle, b: Rectangle) =>
  Math.abs(a.x - b.x) < (a.width + b.width) / 2 - 0.01 && Math.abs(a.y - b.y) < (a.height + b.height) / 2 - 0.01;

describe("placing", () => {
  test("no box or label lies on another, whatever the graph", () => {
    fc.assert(
      fc.property(graph, ({ boxes, links }) => {
        const placed = placeInLayers(boxes, links);
        const all = [
          ...boxes.map((box) => ({ ...box, ...(placed.boxes.get(box.id) as Point) })),
          ...links.flatMap((link, index) =>
            link.label.width > 0 ? [{ ...link.label, ...placed.ways[index]!.label }] : [],
          ),
        ];
        all.forEach((a, index) => all.slice(index + 1).forEach((b) => expect(overlap(a, b)).toBe(false)));
      }),
      { numRuns: 60 },
    );
  });

  test("every arrow leads down, from its box to its box, and runs through no other", () => {
    fc.assert(
      fc.property(graph, ({ boxes, links }) => {
        const placed = placeInLayers(boxes, links);
        const half = (id: string) => boxes.find((box) => box.id === id)!.height / 2;
        links.forEach((link, index) => {
          const { points } = placed.ways[index]!;
          const [start, end] = [points[0]!, points.at(-1)!];
          expect(start.y).toBeCloseTo(placed.boxes.get(link.from)!.y + half(link.from));
          expect(end.y).toBeCloseTo(placed.boxes.get(link.to)!.y - half(link.to));
          points.slice(1).forEach((point, at) => expect(point.y).toBeGreaterThan(points[at]!.y));
          for (const box of boxes) {
            const { x, y } = placed.boxes.get(box.id)!;
            const crosses = points.slice(1).some((to, at) => {
              const from = points[at]!;
              const isThere = Math.min(to.y, y + box.height / 2) - Math.max(from.y, y - box.height / 2) > 0.01;
              return isThere && (Math.abs(from.x - x) < 100 || Math.abs(to.x - x) < 100);
            });
            expect(crosses).toBe(false);
          }
        });
      }),
      { numRuns: 60 },
    );
  });

  test("a loop, which no flow may have, is drawn without hanging", () => {
    const boxes = ["a", "b"].map((id) => ({ id, width: 10, height: 10 }));
    const label = { width: 0, height: 0 };
    const links = [
      { from: "a", to: "b", label },
      { from: "b", to: "a", label },
    ];
    expect(placeInLayers(boxes, links).boxes.size).toBe(2);
  });
});
