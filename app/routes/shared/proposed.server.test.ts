import { expect, test } from "vitest";
import { proposedFor } from "#app/routes/shared/proposed.server.ts";
import type { StepAt } from "#app/routes/shared/step.server.ts";
import type { Step } from "#flows/engine/facts.ts";
import { birth, name } from "#flows/steps/person.ts";
import { address, contact } from "#flows/steps/contact.ts";
import { factsWith } from "#flows/steps/pages.fixture.ts";

const mrz = "P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<\nC01X00T478D<<6408125F2702283<<<<<<<<<<<<<<<4";

/** What stands on a page of a draft with these answers; a page saved before has a revision. */
function proposed(definition: Step, answers: object, revisions: Record<string, number> = {}) {
  const open = { draft: { content: { answers, revisions } } };
  // Nothing but this is looked at.
  const at = { open, wizard: { id: "W-18g" }, step: "page", definition, facts: factsWith() } as unknown as StepAt;
  const found = Object.entries(proposedFor(at));
  return Object.fromEntries(found.map(([field, { value, origin }]) => [field, `${String(value)} (${origin})`]));
}

test("fields of a page that nobody answered hold what the passport lines say", () => {
  expect(proposed(name, { mrz })).toEqual({ familyName: "MUSTERMANN (mrz)", givenNames: "ERIKA (mrz)" });
  expect(proposed(birth, { mrz })).toEqual({ dateOfBirth: "1964-08-12 (mrz)", sex: "w (mrz)" });
  expect(proposed(name, {})).toEqual({});
});

test("an answer stays as it is, and so does a page that was saved", () => {
  expect(proposed(name, { mrz, familyName: "Mustermann" })).toEqual({ givenNames: "ERIKA (mrz)" });
  expect(proposed(name, { mrz, familyName: "Mustermann" }, { "W-18g/page": 3 })).toEqual({});
});

test("what another member of the household said is proposed where it fits, and nothing is ticked", () => {
  const carried = { street: "Musterallee", houseNo: 7, registered: true, email: "p1@example.org", noFamilyName: true };
  expect(proposed(address, { carried })).toEqual({
    street: "Musterallee (carriedOver)",
    registered: "true (carriedOver)",
  });
  expect(proposed(contact, { carried })).toEqual({
    email: "p1@example.org (carriedOver)",
    emailRepeat: "p1@example.org (carriedOver)",
  });
  expect(proposed(name, { carried })).toEqual({});
});
