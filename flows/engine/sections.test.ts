import { expect, test } from "vitest";
import { page } from "#flows/engine/facts.ts";
import { text } from "#flows/engine/fields.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import { sectionsOnWay } from "#flows/engine/sections.ts";

// The card is written behind the review and asked before it; whoever has no visa passes its section by.
const flow = defineFlow()({
  id: "sample",
  initial: "name",
  steps: {
    name: page("person", { name: text() }),
    visa: page("title", { visa: text() }),
    street: page("address", { street: text() }),
    review: page("review", { note: text() }),
    post: page("card", { post: text() }),
  },
  guards: { hasVisa: ({ answers }) => answers.name === "V" },
  next: {
    name: [{ guard: "hasVisa", target: "visa" }, "street"],
    visa: "street",
    street: "post",
    post: "review",
    review: null,
  },
});

test("sections stand in the order in which somebody comes to them, not in that of the program", () => {
  expect(sectionsOnWay(flow, ["name"])).toEqual(["person", "title", "address", "card", "review"]);
});

test("a section that the way has passed by is left out", () => {
  expect(sectionsOnWay(flow, ["name", "street"])).toEqual(["person", "address", "card", "review"]);
  expect(sectionsOnWay(flow, ["name", "visa", "street"])).toContain("title");
});

test("of a way that is complete its own sections remain", () => {
  expect(sectionsOnWay(flow, ["name", "street", "post", "review"])).toEqual(["person", "address", "card", "review"]);
});

test("an arrow that leads back, as from a result to its questions, closes no circle", () => {
  const round = defineFlow()({
    id: "round",
    initial: "name",
    steps: { name: page("person", { name: text() }), street: page("address", { street: text() }) },
    guards: { isUnsure: ({ answers }) => answers.street === "?" },
    next: { name: "street", street: [{ guard: "isUnsure", target: "name" }, "street"] },
  });
  expect(sectionsOnWay(round, ["name"])).toEqual(["person", "address"]);
});
