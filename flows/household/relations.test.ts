import { expect, test } from "vitest";
import { relationTo, type Relation } from "#flows/household/relations.ts";

test.each<[Relation | undefined, Relation | undefined, Relation]>([
  // The one who began, towards the others.
  [undefined, "spouse", "spouse"],
  [undefined, "child", "child"],
  [undefined, "parent", "parent"],
  // The others, towards the one who began.
  ["child", undefined, "parent"],
  ["parent", undefined, "child"],
  ["spouse", undefined, "spouse"],
  ["sibling", undefined, "sibling"],
  ["other", undefined, "other"],
  // Two others: nobody knows whether the husband is the child's father.
  ["child", "child", "sibling"],
  ["sibling", "sibling", "sibling"],
  ["child", "spouse", "other"],
  ["spouse", "child", "other"],
  ["parent", "parent", "other"],
  // Who came in alone says nothing of anybody.
  [undefined, undefined, "other"],
])("to somebody who is %s of the first person, one who is %s is %s", (own, linked, expected) => {
  expect(relationTo(own, linked)).toBe(expected);
});
