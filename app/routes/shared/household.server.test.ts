import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import type { RequestContext } from "#app/http.server.ts";
import { fileApplication } from "#app/outbox/submit.server.ts";
import { maySayOf, overviewOf, standingOf } from "#app/routes/shared/household.server.ts";
import { appendEvent } from "#app/store/cases.server.ts";
import { createDraft } from "#app/store/drafts.server.ts";
import { holderOf, memberSecret } from "#app/store/holder.server.ts";
import { findHousehold } from "#app/store/household.server.ts";
import { openApp } from "#tests/support/app.ts";
import { contentOf, filingOf, p1Answers, settingIn } from "#tests/support/filing.ts";

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

/** As much of a filed application as the overview shows. */
function filed(service: string, reference: string, answers: Record<string, unknown> = {}, authority = "potsdam") {
  const subjects = [{ givenNames: "Anika", familyName: "MUSTERKAR" }];
  const filedAt = "2026-11-21T10:00:00.000Z";
  const payload = JSON.stringify({ service: { id: service, title: service }, reference, filedAt, subjects });
  return { found: { authority, copy: { payload, answers, messages: [] } } };
}

test("the overview of a family has what was filed at the authority, and nobody who may be in danger", () => {
  const persons = [
    filed("H-24", "AAAA"),
    { draft: { authority: "potsdam", content: { service: "H-24", answers: {} } } },
    filed("FAM-31", "BBBB"),
    filed("H-24", "CCCC", noStatus),
    filed("H-24", "DDDD", {}, "barnim"),
    filed("H-24", "EEEE", { dateOfBirth: "1991", familyNameOriginal: "ТЕСТ" }),
  ];
  const [household, authority] = [{ persons }, { id: "potsdam" }] as unknown as Parameters<typeof overviewOf>;
  expect(overviewOf(household, authority)).toEqual([
    { name: "Anika MUSTERKAR", reference: "AAAA", service: "H-24", filedAt: "2026-11-21T10:00:00.000Z" },
    expect.objectContaining({ reference: "EEEE", dateOfBirth: "1991", originalName: "ТЕСТ" }),
  ]);
});

test("a message links what was filed before, and nothing that was withdrawn since", async () => {
  const { app, close } = await openApp();
  const { db } = app.database;
  const code = randomBytes(16);
  const { authority, setting } = settingIn(app);
  const start = { authority: authority.id, content: contentOf(p1Answers(setting)), expiresAt: new Date("2026-12-01") };
  for (const member of [0, 1, 2]) await createDraft(db, holderOf(memberSecret(code, member)), start);
  for (const member of [0, 1]) await fileApplication(app, filingOf(app, holderOf(memberSecret(code, member))));
  const context = { app, session: { state: "open", code, member: 2 } } as unknown as RequestContext;
  const said = async () => {
    const { links, family } = await standingOf(context);
    return [links, family].map((list) => list.map(({ reference }) => reference));
  };
  const [first, second] = (await findHousehold(db, code, app.now())).persons.map(({ found }) => found);
  if (!first || !second) throw new Error("not filed");
  expect(await said()).toEqual([
    [first.reference, second.reference],
    [first.reference, second.reference],
  ]);
  const messageId = first.copy.messages[0]?.id ?? "";
  await appendEvent(db, { caseId: first.id, authority: authority.id, messageId, kind: "withdrawn", at: app.now() });
  expect(await said()).toEqual([[second.reference], [second.reference]]);
  await close();
});
