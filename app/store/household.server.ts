import { inArray } from "drizzle-orm";
import type { Db } from "#app/db.server.ts";
import { eventsOf, findCase, type Case } from "#app/store/cases.server.ts";
import { findDraft, type Draft } from "#app/store/drafts.server.ts";
import { holderOf, householdId, memberSecret, MOST_MEMBERS, type Holder } from "#app/store/holder.server.ts";
import { SealError } from "#app/store/seal.server.ts";
import { isStanding } from "#flows/engine/status.ts";
import type { HouseholdPlace } from "#flows/household/place.ts";
import { cases, drafts } from "#drizzle/schema.ts";

/** A member of a household, with what there is of them: a draft, a filed case, or a case with a begun supplement. */
export type Person = {
  member: number;
  secret: Uint8Array;
  holder: Holder;
  draft: Draft | undefined;
  found: Case | undefined;
};

/** The members of an access code. `taken` are the places with a row, also one that is over or cannot be opened. */
export type Household = { code: Uint8Array; persons: Person[]; taken: ReadonlySet<number> };

/** Finds the members of an access code by the ids that derive from it: no list of them is stored. */
export async function findHousehold(db: Db, code: Uint8Array, now: Date): Promise<Household> {
  const places = Array.from({ length: MOST_MEMBERS }, (_, member) => {
    const secret = memberSecret(code, member);
    return { member, secret, holder: holderOf(secret) };
  });
  const ids = places.map(({ holder }) => holder.id);
  const begun = await db.select({ id: drafts.id }).from(drafts).where(inArray(drafts.id, ids));
  const filed = await db.select({ id: cases.accessId }).from(cases).where(inArray(cases.accessId, ids));
  const known = new Set([...begun, ...filed].map(({ id }) => id));
  const there = places.filter(({ holder }) => known.has(holder.id));
  const persons: Person[] = [];
  for (const place of there) persons.push(...(await opened(db, place, now)));
  return { code, persons, taken: new Set(there.map(({ member }) => member)) };
}

/** A member with something that is not over; what cannot be opened counts as nothing. */
async function opened(db: Db, place: Omit<Person, "draft" | "found">, now: Date): Promise<Person[]> {
  try {
    const draft = await findDraft(db, place.holder, now);
    const found = await findCase(db, place.holder, now);
    return draft || found ? [{ ...place, draft, found }] : [];
  } catch (error) {
    if (error instanceof SealError) return [];
    throw error;
  }
}

/** The same household without the members whose application does not count any more: withdrawn, or refused. Drafts stay. */
export async function withoutEnded(db: Db, household: Household): Promise<Household> {
  const persons: Person[] = [];
  for (const person of household.persons) {
    if (!person.found || isStanding(await eventsOf(db, person.found.id))) persons.push(person);
  }
  return { ...household, persons };
}

/** The place of a member without anybody, if there is one. */
export function freePlace({ taken }: Household): number | undefined {
  return Array.from({ length: MOST_MEMBERS }, (_, member) => member).find((member) => member > 0 && !taken.has(member));
}

/** What a member's draft or filed application says of the household; one from before says nothing. */
export function placeOfPerson({ draft, found }: Pick<Person, "draft" | "found">): HouseholdPlace | undefined {
  return draft?.content.household ?? found?.copy.household;
}

/** All answers of a member: those of a begun supplement before those that were filed. */
export function answersOfPerson({ draft, found }: Pick<Person, "draft" | "found">): Readonly<Record<string, unknown>> {
  return draft?.content.answers ?? found?.copy.answers ?? {};
}

/** What the household of an access code is called: as its members were told, by an invitation perhaps, or its own name. */
export function nameOfHousehold({ code, persons }: Pick<Household, "code" | "persons">): {
  id: string;
  joined?: true;
} {
  const told = persons.map(placeOfPerson).find((place) => place !== undefined);
  if (!told) return { id: householdId(code) };
  return { id: told.id, ...(told.joined ? { joined: true } : {}) };
}
