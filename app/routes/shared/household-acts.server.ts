import { redirect, type AppLoadContext } from "@remix-run/node";
import type { Authority } from "#app/config/authority.ts";
import { berlinDate, formatDate } from "#app/i18n/format.ts";
import { refuseBeyondLimit } from "#app/limits.server.ts";
import { isolated } from "#app/routes/shared/base.server.ts";
import { beforeHandOver, createAnother } from "#app/routes/shared/helped.server.ts";
import { draftExpiry, saveDraft } from "#app/routes/shared/draft.server.ts";
import { hrefOfPerson, relativesIn, relativeValue } from "#app/routes/shared/household-view.server.ts";
import type { Page } from "#app/routes/shared/request.server.ts";
import { helpedOf, sessionCookie } from "#app/session.server.ts";
import { formatJoinCode } from "#app/store/access-code.ts";
import type { DraftContent } from "#app/store/drafts.server.ts";
import { holderOf, memberSecret, MOST_MEMBERS } from "#app/store/holder.server.ts";
import {
  answersOfPerson,
  findHousehold,
  freePlace,
  nameOfHousehold,
  type Household,
} from "#app/store/household.server.ts";
import { INVITATION_DAYS, invite, invitedBy } from "#app/store/invitations.server.ts";
import { addressOf, carriedFor, type Relative } from "#flows/household/carry.ts";
import { familyFor } from "#flows/household/family.ts";
import type { HouseholdPlace } from "#flows/household/place.ts";
import { relations, type Relation } from "#flows/household/relations.ts";

const DAY_MS = 86_400_000;

/** A draft of somebody who belongs to others: nothing answered, and proposals from what those have said. */
export function begunDraft(
  context: AppLoadContext,
  page: Page,
  carried: Readonly<Record<string, unknown>>,
  more: Pick<DraftContent, "codeShown"> & { household: HouseholdPlace },
): DraftContent {
  return {
    answers: { carried },
    service: null,
    version: null,
    language: page.language,
    revisions: {},
    refused: null,
    savedAt: context.app.now().toISOString(),
    ...more,
  };
}

/** Who was chosen in the form: a relative by name, or somebody by what they are to the first person. */
export type Choice = { relation: Relation; relative?: Relative };

/** Reads the choice of the form; `undefined` for none and for a foreign one. */
export function choiceOf(household: Household, value: string | undefined): Choice | undefined {
  const relative = relativesIn(household).find((one) => relativeValue(one) === value);
  if (relative) return { relation: relative.relation, relative };
  const relation = relations.find((one) => one === value);
  return relation && { relation };
}

/** Takes another member at hand. @throws the redirect to what they have */
export function openMember(context: AppLoadContext, page: Page, household: Household, member: number): never {
  const person = household.persons.find((one) => one.member === member);
  if (!person) throw redirect(`/${page.language}/resume`);
  const headers = { "set-cookie": sessionCookie(context.app, household.code, member, helpedOf(context.session)) };
  throw redirect(hrefOfPerson(context, page, person), { headers });
}

/** Somebody who was begun for the same choice and has not answered anything yet: pressed twice, it begins once. */
function untouched({ persons }: Household, { relation, relative }: Choice): number | undefined {
  return persons.find(({ draft, found }) => {
    const place = draft?.content.household;
    const isSame = place?.relation === relation && place.relative === relative?.id;
    return !found && isSame && Object.keys(draft?.content.revisions ?? {}).length === 0;
  })?.member;
}

/** Begins the draft of another member, with what is shared as proposals. @throws the redirect to its first page */
export async function addMember(
  context: AppLoadContext,
  page: Page,
  authority: Authority,
  { household, choice }: { household: Household; choice: Choice },
): Promise<never> {
  const begun = untouched(household, choice);
  if (begun !== undefined) openMember(context, page, household, begun);
  // Counted for the family, which has an end: a hall full of families has one address.
  refuseBeyondLimit({ app: context.app, caller: `family ${holderOf(household.code).id}` }, "draft");
  const first = household.persons.find(({ member }) => member === 0);
  const member = freePlace(household);
  if (member === undefined) throw redirect(`/${page.language}/${authority.id}/household`);
  const named = nameOfHousehold(household);
  const { relation, relative } = choice;
  const said = first ? answersOfPerson(first) : {};
  const carried = { ...carriedFor(relation, said, relative, context.app.today()), ...familyFor(relation, said) };
  const content = begunDraft(context, page, carried, {
    codeShown: household.persons.some(({ draft, found }) => found ?? draft?.content.codeShown),
    household: { ...named, member, relation, ...(relative ? { relative: relative.id } : {}) },
  });
  const holder = holderOf(memberSecret(household.code, member));
  const start = { authority: authority.id, content, expiresAt: draftExpiry(context) };
  if (!(await createAnother(context, page, holder, start))) {
    // Another tab took the place meanwhile: for the same person this leads to the draft there, for another to the next place.
    const now = await findHousehold(context.app.database.db, household.code, context.app.now());
    return addMember(context, page, authority, { household: now, choice });
  }
  if (first?.draft) {
    await saveDraft(context, first.holder, ({ household: known }) => ({ household: known ?? { ...named, member: 0 } }));
  }
  const headers = { "set-cookie": sessionCookie(context.app, household.code, member, helpedOf(context.session)) };
  throw redirect(`/${page.language}/${authority.id}/triage/place`, { headers });
}

/** Makes an invitation and the words around its code; `undefined` if there are too many already. */
export async function inviteSomebody(context: AppLoadContext, page: Page, authority: Authority, household: Household) {
  refuseBeyondLimit(context, "draft");
  const { app } = context;
  const { db } = app.database;
  const now = app.now();
  const { invited } = await invitedBy(db, household.code, now);
  if (invited >= MOST_MEMBERS) return undefined;
  const [first] = household.persons;
  const content = {
    household: nameOfHousehold(household).id,
    address: { ...addressOf(first ? answersOfPerson(first) : {}) },
  };
  const invitation = { authority: authority.id, content };
  const secret = await beforeHandOver(context, page, (tx) => invite(tx, household.code, invitation, now));
  const until = new Date(now.getTime() + INVITATION_DAYS * DAY_MS);
  const url = `${app.env.publicUrl}/${page.language}/${authority.id}/join`;
  return {
    groups: formatJoinCode(secret).split("-"),
    how: page.say("pages:household.inviteCodeText", { url: isolated(url, page) }),
    once: page.say("pages:household.inviteCodeOnce", { date: formatDate(berlinDate(until), page.language) }),
  };
}
