import fc from "fast-check";
import { expect, test } from "vitest";
import { planDocuments } from "#flows/delivery/documentPlan.ts";

const MB = 1_000_000;
const named = (...sizes: readonly number[]) => sizes.map((size, index) => ({ id: index, code: `C${index}`, size }));
const nothing = { allInline: false, inlineCodes: new Set<string>() };
const ids = (documents: readonly { id: number }[]) => documents.map(({ id }) => id);

test("documents of two million bytes together stand in the message, one byte more and they follow", () => {
  expect(planDocuments(named(MB, MB), nothing)).toEqual({ inline: named(MB, MB), packages: [] });
  const { inline, packages } = planDocuments(named(MB, MB + 1), nothing);
  expect([inline.length, packages.map(ids)]).toEqual([0, [[0, 1]]]);
});

test("what must stand in the message stays there as long as there is room, and all of it where nothing can follow", () => {
  const { inline, packages } = planDocuments(named(MB, 9 * MB, MB), { allInline: false, inlineCodes: new Set(["C1"]) });
  expect([ids(inline), packages.map(ids)]).toEqual([[1], [[0, 2]]]);
  expect(planDocuments(named(19 * MB, MB), { ...nothing, allInline: true }).packages).toEqual([]);
  const large = planDocuments(named(10 * MB, 9 * MB, 8 * MB), { ...nothing, inlineCodes: new Set(["C0", "C1", "C2"]) });
  expect([ids(large.inline), large.packages.map(ids)]).toEqual([[0, 2], [[1]]]);
});

test("packages hold eight million bytes, a larger document travels alone", () => {
  const { packages } = planDocuments(named(4 * MB, 4 * MB, MB, 10 * MB, MB, 2 * MB), nothing);
  expect(packages.map(ids)).toEqual([[0, 1], [2], [3], [4, 5]]);
});

test("for any documents: each stands in one place, in its order, and no package of several is too large", () => {
  const document = fc.record({
    size: fc.integer({ min: 1, max: 10 * MB }),
    code: fc.constantFrom("PASS", "KV", "REG"),
  });
  const placing = fc.record({
    allInline: fc.boolean(),
    inlineCodes: fc.subarray(["PASS", "KV", "REG"]).map((codes) => new Set(codes)),
  });
  fc.assert(
    fc.property(fc.array(document, { maxLength: 60 }), placing, (found, rule) => {
      const documents = found.map((one, id) => ({ ...one, id }));
      const { inline, packages } = planDocuments(documents, rule);
      expect([...ids(inline), ...ids(packages.flat())].toSorted((a, b) => a - b)).toEqual(ids(documents));
      for (const list of [inline, packages.flat()]) expect(ids(list)).toEqual(ids(list).toSorted((a, b) => a - b));
      for (const one of packages) {
        expect(one.length).toBeGreaterThan(0);
        const sum = one.reduce((bytes, { size }) => bytes + size, 0);
        expect(one.length === 1 || sum <= 8 * MB).toBe(true);
      }
      const follows = packages.flat();
      const held = inline.reduce((bytes, { size }) => bytes + size, 0);
      const couldStay = follows.filter(({ code, size }) => rule.inlineCodes.has(code) && held + size <= 18 * MB);
      expect(rule.allInline ? follows : couldStay).toEqual([]);
      const sum = documents.reduce((bytes, { size }) => bytes + size, 0);
      expect(rule.allInline || held <= 18 * MB).toBe(true);
      if (sum <= 2 * MB) expect(follows).toEqual([]);
    }),
  );
});
