import type { Authority } from "#app/config/authority.ts";
import type { App } from "#app/context.server.ts";
import type { Db } from "#app/db.server.ts";
import { paperWords } from "#app/i18n/importWords.ts";
import { germanDemoMark, germanServiceTitle } from "#app/i18n/words.ts";
import { fileWithin } from "#app/outbox/submit.server.ts";
import { createDraft, type DraftContent } from "#app/store/drafts.server.ts";
import { holderOf, householdId, memberSecret } from "#app/store/holder.server.ts";
import { familyKey, importedBefore, noteReferences, takeFamily } from "#app/store/importedFamilies.server.ts";
import { keyedMarks, lockMarks, scopesOf } from "#app/store/marks.server.ts";
import type { Setting } from "#flows/engine/facts.ts";
import { familyEntryOf, type FamilyEntry } from "#flows/household/overview.ts";
import type { HouseholdLink, HouseholdPlace } from "#flows/household/place.ts";
import { relationTo } from "#flows/household/relations.ts";
import type { Applicant, Family } from "#flows/import/families.ts";
import { temporaryProtection } from "#flows/services/protection/H-24.ts";
import { walkService } from "#flows/services/service.ts";
import { isLanguage } from "#locales/languages.ts";

/** The applications of a family: filed now, or by an earlier file. */
export type FiledFamily = { isNew: boolean; references: readonly string[] };

/** For whom a file is filed, and the facts of the day. */
export type Order = { authority: Authority; setting: Setting };

/** A member as it was filed, for what the later ones say of it. */
type Member = { applicant: Applicant; link: Omit<HouseholdLink, "relation">; entry: FamilyEntry };

/** Filing needs a draft that is not over; it is gone with the same transaction. */
const DRAFT_MS = 86_400_000;

/** In which language the service writes to a person who has not said it. */
const USUAL_LANGUAGE = "uk";

function languageOf({ stored }: Applicant): string {
  const wanted = stored["preferredLanguage"];
  return typeof wanted === "string" && isLanguage(wanted) ? wanted : USUAL_LANGUAGE;
}

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/** A draft as the applicant's own session would have left it. */
function contentOf(app: App, { stored }: Applicant, language: string, household: HouseholdPlace): DraftContent {
  return {
    answers: { ...stored },
    service: temporaryProtection.id,
    version: temporaryProtection.version,
    language,
    revisions: {},
    refused: null,
    codeShown: true,
    household,
    savedAt: app.now().toISOString(),
  };
}

/** Files one person, with links to those of the family who are filed already. */
async function fileMember(
  app: App,
  tx: Db,
  { authority, setting }: Order,
  code: Uint8Array,
  applicant: Applicant,
  filed: readonly Member[],
): Promise<Member> {
  const member = filed.length;
  const { relation, stored } = applicant;
  const household = { id: householdId(code), member, ...(relation === undefined ? {} : { relation }) };
  const holder = holderOf(memberSecret(code, member));
  const language = languageOf(applicant);
  const content = contentOf(app, applicant, language, household);
  const expiresAt = new Date(app.now().getTime() + DRAFT_MS);
  await createDraft(tx, holder, { authority: authority.id, content, expiresAt });
  const serviceTitle = germanServiceTitle(temporaryProtection.id);
  const outcome = await fileWithin(app, tx, {
    holder,
    authority,
    service: temporaryProtection,
    serviceTitle,
    language,
    words: paperWords,
    demo: germanDemoMark(app.env),
    household,
    links: filed.map(({ link, applicant: other }) => ({ ...link, relation: relationTo(relation, other.relation) })),
    family: filed.map(({ entry }) => entry),
    walk: (draft) => ({
      walked: walkService(temporaryProtection, draft.content.answers, setting),
      facts: { ...setting, answers: {} },
    }),
  });
  if (!outcome.ok || !outcome.now) throw new Error("A checked application could not be filed");
  const { id, reference, filedAt } = outcome.now.outgoing;
  const subjects = [{ familyName: textOf(stored["familyName"]), givenNames: textOf(stored["givenNames"]) }];
  const told = { reference, filedAt: filedAt.toISOString(), service: { title: serviceTitle }, subjects };
  return { applicant, link: { messageId: id, reference }, entry: familyEntryOf(told, stored, relation) };
}

/** The members in one go: of two families with the same people in another order none may wait for the other. */
async function lockMembers(app: App, tx: Db, { authority }: Order, applicants: readonly Applicant[]): Promise<void> {
  const scopes = scopesOf(authority.id, app.config.operator.duplicateGroups);
  await lockMarks(
    tx,
    applicants.flatMap(({ stored }) => keyedMarks(app.keys, stored, scopes)),
  );
}

/**
 * Files a family in one transaction: all of its persons or none, and once, whatever file it comes in and however often. A crash
 * leaves nothing of it behind.
 * @param code the family's access code, which nothing keeps
 * @param beforeCommit told the references while a failure still undoes everything
 */
export async function fileFamily(
  app: App,
  order: Order,
  family: Pick<Family, "applicants" | "said">,
  code: Uint8Array,
  beforeCommit: (references: readonly string[]) => void = () => undefined,
): Promise<FiledFamily> {
  const place = { authority: order.authority.id, key: familyKey(app.keys, order.authority.id, family.said) };
  const before = await importedBefore(app.database.db, place);
  if (before) return { isNew: false, references: before };
  return app.database.db.transaction(async (tx): Promise<FiledFamily> => {
    const isMine = await takeFamily(tx, place, family.applicants.length, app.now());
    if (!isMine) return { isNew: false, references: (await importedBefore(tx, place)) ?? [] };
    await lockMembers(app, tx, order, family.applicants);
    const filed: Member[] = [];
    for (const applicant of family.applicants) {
      filed.push(await fileMember(app, tx, order, code, applicant, filed));
    }
    const references = filed.map(({ link }) => link.reference);
    await noteReferences(tx, place, references);
    beforeCommit(references);
    return { isNew: true, references };
  });
}
