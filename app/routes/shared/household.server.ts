import { redirect, type AppLoadContext } from "@remix-run/node";
import type { Authority } from "#app/config/authority.ts";
import type { RequestContext } from "#app/http.server.ts";
import { isolated } from "#app/routes/shared/base.server.ts";
import { leaveIfHelped } from "#app/routes/shared/helped.server.ts";
import { isSensitivePerson } from "#app/routes/shared/leave.server.ts";
import type { Page } from "#app/routes/shared/request.server.ts";
import { helpedOf, sessionCookie } from "#app/session.server.ts";
import {
  answersOfPerson,
  findHousehold,
  nameOfHousehold,
  placeOfPerson,
  withoutEnded,
  type Household,
  type Person,
} from "#app/store/household.server.ts";
import { firstPayload } from "#app/store/cases.server.ts";
import { withdrawInvitations } from "#app/store/invitations.server.ts";
import type { Payload } from "#flows/delivery/payload.ts";
import { familyEntryOf, type FamilyEntry } from "#flows/household/overview.ts";
import type { HouseholdLink, HouseholdPlace } from "#flows/household/place.ts";
import { relationTo } from "#flows/household/relations.ts";
import { carriedOf } from "#flows/provenance/carried.ts";

/** The household of this browser's access code; without anybody in it the person is asked for the code. */
export async function requireHousehold(context: RequestContext, page: Page) {
  const { session, app } = context;
  if (session.state !== "open")
    throw redirect(`/${page.language}/${session.state === "ended" ? "session-ended" : "resume"}`);
  const household = await findHousehold(app.database.db, session.code, app.now());
  const [first] = household.persons;
  if (!first) leaveIfHelped(context, page);
  if (!first) throw redirect(`/${page.language}/resume`);
  return { session, household, first };
}

/** Where a member's draft or case is: the authority, by its id. */
export function authorityOf({ draft, found }: Pick<Person, "draft" | "found">): string {
  return found?.authority ?? draft?.authority ?? "";
}

/** What a person is called: as typed, else as proposed, else by what they are to the one who began. */
export function nameOf(page: Page, person: Pick<Person, "member" | "draft" | "found">): string {
  const answers = answersOfPerson(person);
  const known: Readonly<Record<string, unknown>> = { ...carriedOf(answers), ...answers };
  const name = [known["givenNames"], known["familyName"]].filter((part) => typeof part === "string").join(" ");
  if (name !== "") return name;
  return page.say(`pages:household.who.${placeOfPerson(person)?.relation ?? (person.member === 0 ? "self" : "other")}`);
}

/**
 * Where a typed access code leads, with the cookie of its session: to its draft or case, or to the list of its people. A
 * reference typed beside it must be that of one of its cases, and chooses it. `undefined` if the code opens nothing.
 */
export async function entryOf(
  { app, caller }: RequestContext,
  page: Page,
  code: Uint8Array,
  reference?: string,
): Promise<{ path: string; cookie: string } | undefined> {
  const { persons } = await findHousehold(app.database.db, code, app.now());
  const named = persons.filter(({ found }) => reference !== undefined && found?.reference === reference);
  const isFiled = persons.some(({ found }) => found);
  const fitting = reference === undefined || !isFiled ? persons : named;
  const [person] = fitting;
  if (!person) return undefined;
  app.limits.giveBack("code", caller);
  const cookie = sessionCookie(app, code, person.member);
  const home = `/${page.language}/${authorityOf(person)}`;
  if (fitting.length > 1) return { path: `${home}/household`, cookie };
  if (person.found) return { path: `/${page.language}/status`, cookie };
  return { path: `${home}/${person.draft?.content.service ?? "triage"}`, cookie };
}

/** Where a member stands: as their draft or case says, else by the name of the household. */
function standingIn(household: Household, member: number, own: Person | undefined): HouseholdPlace {
  return (own && placeOfPerson(own)) ?? { ...nameOfHousehold(household), member };
}

type Applying = Pick<Person, "draft" | "found">;

/**
 * Whether the application of one may name that of another: both are at one authority, and neither is of a person who may be in
 * danger, whose application must not show in the file of somebody else.
 */
export function maySayOf(own: Applying, other: Applying): boolean {
  return authorityOf(own) === authorityOf(other) && ![own, other].some(isSensitivePerson);
}

/** What the message of the member at hand says of the household: its place, and what was filed before and still counts. */
export async function standingOf(
  context: RequestContext,
): Promise<{ household: HouseholdPlace; links: HouseholdLink[]; family: FamilyEntry[] }> {
  const { session, app } = context;
  if (session.state !== "open") throw new Error("Nobody files without a session");
  const household = await findHousehold(app.database.db, session.code, app.now());
  const own = household.persons.find(({ member }) => member === session.member);
  const place = standingIn(household, session.member, own);
  const { persons } = await withoutEnded(app.database.db, household);
  const linked = persons.filter(
    (person) => own && person.member !== own.member && person.found?.copy.messages[0] && maySayOf(own, person),
  );
  const links = linked.flatMap((person): HouseholdLink[] => {
    const application = person.found?.copy.messages[0];
    if (!person.found || !application) return [];
    const relation = relationTo(place.relation, placeOfPerson(person)?.relation);
    return [{ messageId: application.id, reference: person.found.reference, relation }];
  });
  return { household: place, links, family: linked.flatMap(overviewEntry) };
}

/** The line of a member on the overview of the family; none before the application is filed. */
function overviewEntry(person: Person): FamilyEntry[] {
  if (!person.found) return [];
  const { copy } = person.found;
  // Frozen by this service and checked by its schema then.
  const payload = JSON.parse(firstPayload(copy)) as Payload;
  return [familyEntryOf(payload, copy.answers, placeOfPerson(person)?.relation)];
}

/** The applications of a household at an authority for its overview, without those of people who may be in danger. */
export function overviewOf({ persons }: Household, authority: Authority): FamilyEntry[] {
  return persons
    .filter((person) => authorityOf(person) === authority.id && !isSensitivePerson(person))
    .flatMap(overviewEntry);
}

/** The name of the member at hand, where the access code serves others too. */
export async function namedAmongOthers({ session, app }: RequestContext, page: Page): Promise<string | undefined> {
  if (session.state !== "open") return undefined;
  const { persons } = await findHousehold(app.database.db, session.code, app.now());
  const own = persons.find(({ member }) => member === session.member);
  return own && persons.length > 1 ? nameOf(page, own) : undefined;
}

/** Where to go when a member was deleted: to the others. Without others the invitations go too. */
export async function afterDeletion(
  { app, session }: RequestContext,
  page: Page,
  code: Uint8Array,
): Promise<{ path: string; cookie: string } | undefined> {
  const { persons } = await findHousehold(app.database.db, code, app.now());
  const [person] = persons;
  if (person) {
    const path = `/${page.language}/${authorityOf(person)}/household?deleted`;
    return { path, cookie: sessionCookie(app, code, person.member, helpedOf(session)) };
  }
  await withdrawInvitations(app.database.db, code);
  return undefined;
}

/** What pages of one member say of the others. */
export type HouseholdNote = {
  href: string;
  label: string;
  /** How many were filed; none for a person alone. */
  sent?: string;
  /** Who is still a draft. */
  open: string[];
};

/** How far the household of this browser is, without what was withdrawn; on a page of the authority of the member at hand. */
export async function householdNote(context: AppLoadContext, page: Page, authority: string): Promise<HouseholdNote> {
  const { session, app } = context;
  const { db } = app.database;
  const { persons } =
    session.state === "open"
      ? await withoutEnded(db, await findHousehold(db, session.code, app.now()))
      : { persons: [] };
  const href = `/${page.language}/${authority}/household`;
  if (persons.length < 2) return { href, label: page.say("pages:household.another"), open: [] };
  const open = persons.filter(({ found }) => !found);
  return {
    href,
    label: page.say(open.length > 0 ? "pages:household.goOn" : "pages:household.all"),
    sent: page.say("pages:household.sent", { sent: persons.length - open.length, total: persons.length }),
    open: open.map((person) => isolated(nameOf(page, person), page)),
  };
}
