import type { AppLoadContext } from "@remix-run/node";
import type { Authority } from "#app/config/authority.ts";
import { isolated } from "#app/routes/shared/base.server.ts";
import { isBorrowed } from "#app/routes/shared/helped.server.ts";
import { authorityOf, nameOf, overviewOf } from "#app/routes/shared/household.server.ts";
import { leaveOfPersons } from "#app/routes/shared/leave.server.ts";
import type { Option } from "#app/routes/shared/options.server.ts";
import { frameOf, settingOf, type Page } from "#app/routes/shared/request.server.ts";
import { tabTitle } from "#app/routes/shared/step.server.ts";
import { supplementHref } from "#app/routes/shared/supplement.server.ts";
import { serviceOf } from "#app/routes/shared/wizard.server.ts";
import { eventsOf } from "#app/store/cases.server.ts";
import type { DraftContent } from "#app/store/drafts.server.ts";
import { MOST_MEMBERS } from "#app/store/holder.server.ts";
import {
  answersOfPerson,
  freePlace,
  placeOfPerson,
  withoutEnded,
  type Household,
  type Person,
} from "#app/store/household.server.ts";
import { invitedBy } from "#app/store/invitations.server.ts";
import { relativesOf, type Relative } from "#flows/household/carry.ts";
import { relations } from "#flows/household/relations.ts";
import { statusOf } from "#flows/engine/status.ts";
import { openStep, walk } from "#flows/engine/walk.ts";
import { outcomeOf } from "#flows/services/outcome.ts";
import { services } from "#flows/services/registry.ts";
import { walkService } from "#flows/services/service.ts";
import { short, walkShort } from "#flows/services/short.ts";
import { triage } from "#flows/services/triage.ts";

/** The first open page of a draft: the wizard with its step. */
function openPageOf(context: AppLoadContext, page: Page, authority: Authority, content: DraftContent) {
  const setting = settingOf(context, authority, page.language, content);
  if (content.service === short.id)
    return { wizard: short.id, step: openStep(walkShort(content.answers, setting).walk) };
  const entry = walk(triage, content.answers, setting);
  const id =
    entry.isComplete && content.service !== null ? serviceOf(content, outcomeOf(entry.answers, setting)) : undefined;
  if (id === undefined) return { wizard: triage.id, step: openStep(entry) };
  return { wizard: id, step: openStep(walkService(services[id], content.answers, setting).service) };
}

/** Where a member's application goes on: the first open page of the draft, or the status of what was filed. */
export function hrefOfPerson(context: AppLoadContext, page: Page, person: Person): string {
  const authority = context.app.config.byId.get(authorityOf(person));
  const { draft, found } = person;
  if (found || !draft || !authority) return `/${page.language}/status`;
  if (draft.content.supplements) return supplementHref(context, page, authority, draft);
  const { wizard, step } = openPageOf(context, page, authority, draft.content);
  return `/${page.language}/${authority.id}/${wizard}/${step}`;
}

async function noteOf(context: AppLoadContext, page: Page, { draft, found }: Person): Promise<string> {
  if (found) {
    const status = statusOf(await eventsOf(context.app.database.db, found.id));
    const values = { reference: isolated(found.reference, page), status: page.say(`status:${status}.title`) };
    return page.say("pages:household.filed", values);
  }
  const authority = draft && context.app.config.byId.get(draft.authority);
  if (!authority) return "";
  const { wizard, step } = openPageOf(context, page, authority, draft.content);
  const values = { service: page.say(`services:${wizard}.title`), step: page.say(`steps:${step}.title`) };
  return page.say(wizard === triage.id ? "pages:household.draft" : "pages:household.draftOf", values);
}

/** Relatives whom the first person has named. */
export function relativesIn({ persons }: Household): Relative[] {
  const first = persons.find(({ member }) => member === 0);
  return first ? relativesOf(answersOfPerson(first)) : [];
}

/** What a chosen relative is called in the form. */
export const relativeValue = ({ id }: Pick<Relative, "id">): string => `relative:${id}`;

/** Relatives who are named and have no application that counts, then anybody. */
function optionsOf(page: Page, household: Household, standing: Household): Option[] {
  const who = (relation: string) => page.say(`pages:household.who.${relation}`);
  const taken = new Set(standing.persons.map((person) => placeOfPerson(person)?.relative));
  const open = relativesIn(household).filter(({ id }) => !taken.has(id));
  return [
    ...open.map((relative) => ({
      value: relativeValue(relative),
      label: page.say("pages:household.relative", {
        name: isolated(relative.name, page),
        relation: who(relative.relation),
      }),
    })),
    ...relations.map((relation) => ({ value: relation, label: who(relation) })),
  ];
}

/** The people of this sitting, what each has, and the ways to add another. */
export async function viewHousehold(
  context: AppLoadContext,
  page: Page,
  authority: Authority,
  { household, member, error }: { household: Household; member: number; error?: string | undefined },
) {
  const { app } = context;
  const invitations = await invitedBy(app.database.db, household.code, app.now());
  const standing = await withoutEnded(app.database.db, household);
  const isStanding = ({ member: one }: Person) => standing.persons.some((person) => person.member === one);
  const canDownload = !isBorrowed(context) && overviewOf(standing, authority).length > 1;
  const here = household.persons.find((person) => person.member === member);
  const persons = await Promise.all(
    household.persons.map(async (person) => ({
      member: person.member,
      name: nameOf(page, person),
      note: await noteOf(context, page, person),
      isFiled: person.found !== undefined && isStanding(person),
      label: page.say(person.found ? "pages:household.status" : "pages:household.continue"),
    })),
  );
  return {
    frame: { ...frameOf(context, page, authority), ...leaveOfPersons(page, household.persons) },
    title: tabTitle(page, page.say("pages:household.title"), error !== undefined),
    token: context.formToken,
    persons,
    options: freePlace(household) === undefined ? [] : optionsOf(page, household, standing),
    full: page.say("pages:household.full", { count: MOST_MEMBERS }),
    canInvite: invitations.invited < MOST_MEMBERS,
    invited: invitations.invited === 0 ? undefined : page.say("pages:household.invited", invitations),
    endNote: here && page.say("pages:household.endNote", { name: isolated(nameOf(page, here), page) }),
    error,
    overviewHref: canDownload ? `/${page.language}/${authority.id}/family.pdf` : undefined,
    invitation: undefined as { groups: string[]; how: string; once: string } | undefined,
  };
}
export type HouseholdView = Awaited<ReturnType<typeof viewHousehold>>;
