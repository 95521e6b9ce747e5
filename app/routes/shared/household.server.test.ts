import { expect, test } from "vitest";
import { maySayOf } from "#app/routes/shared/household.server.ts";

type Applying = Parameters<typeof maySayOf>[0];

/** As much of somebody as a link asks about. */
function draftOf(service: string, authority = "potsdam", answers: Record<string, unknown> = {}): Applying {
  return { draft: { authority, content: { service, answers } }, found: undefined } as unknown as Applying;
}
function caseOf(service: string, authority = "potsdam", answers: Record<string, unknown> = {}): Applying {
  const copy = { payload: JSON.stringify({ service: { id: service } }), answers };
  return { draft: undefined, found: { authority, copy } } as unknown as Applying;
}
const noStatus = { currentTitleType: "noStatus" };

test.each([
  ["both at one authority", draftOf("W-18g"), caseOf("W-18g"), true],
  ["one at another authority", draftOf("W-18g"), caseOf("W-18g", "barnim"), false],
  ["one who may be in danger, before", draftOf("W-18g"), caseOf("FAM-31"), false],
  ["one who may be in danger, now", draftOf("FAM-31"), caseOf("W-18g"), false],
  ["one without any status", draftOf("W-18g", "potsdam", noStatus), caseOf("W-18g"), false],
  ["one who had no status", draftOf("W-18g"), caseOf("W-18g", "potsdam", noStatus), false],
])("an application names that of another: %s", (_name, own, other, expected) => {
  expect(maySayOf(own, other)).toBe(expected);
});
