import type { AppLoadContext } from "@remix-run/node";
import type { Authority } from "#app/config/authority.ts";
import { refuseBeyondLimit } from "#app/limits.server.ts";
import { draftExpiry } from "#app/routes/shared/draft.server.ts";
import { settingOf, type Page } from "#app/routes/shared/request.server.ts";
import { applicationOf, findCase, type Case } from "#app/store/cases.server.ts";
import { createDraft, type Draft, type DraftContent } from "#app/store/drafts.server.ts";
import type { Holder } from "#app/store/holder.server.ts";
import { evidenceAnswers } from "#flows/engine/evidence.ts";
import { openStep } from "#flows/engine/walk.ts";
import { isOpen, type EventKind } from "#flows/engine/status.ts";
import { isServiceId, services } from "#flows/services/registry.ts";
import { walkService } from "#flows/services/service.ts";
import { triage } from "#flows/services/triage.ts";
import { declarations } from "#flows/steps/living.ts";

/** True if the authority still takes something for a case with this status. */
export function canSupplement(found: Case, authority: Authority | undefined, status: EventKind): boolean {
  return authority !== undefined && authority.transport.kind !== "none" && isServiceId(found.service) && isOpen(status);
}

/** The answers of a filed case to go on with: what was to come later is open again, declarations are given anew. */
function answersOf({ copy }: Case): Pick<DraftContent, "answers"> & { sent: string[] } {
  const evidence = Object.entries(evidenceAnswers(copy.answers["evidence"])).map(
    ([code, { files }]) => [code, { files }] as const,
  );
  const kept = Object.entries(copy.answers).filter(([name]) => !Object.hasOwn(declarations, name));
  return {
    answers: { ...Object.fromEntries(kept), evidence: Object.fromEntries(evidence) },
    sent: evidence.flatMap(([, { files }]) => files.map(({ id }) => id)),
  };
}

/**
 * Begins the supplement of a case under the same access code; one that was begun before stays as it is. Of a case that went to
 * another code meanwhile nothing is begun under the old one.
 */
export async function startSupplement(
  context: AppLoadContext,
  page: Page,
  { found, holder }: { found: Case; holder: Holder },
): Promise<void> {
  const { db } = context.app.database;
  refuseBeyondLimit(context, "draft");
  const messageId = await applicationOf(db, found.id);
  if (messageId === undefined) return;
  const { answers, sent } = answersOf(found);
  const { id: caseId, reference, service, authority } = found;
  const content: DraftContent = {
    answers,
    service,
    version: null,
    language: page.language,
    revisions: {},
    refused: null,
    codeShown: true,
    supplements: { caseId, messageId, reference, service, sent },
    ...(found.copy.household ? { household: found.copy.household } : {}),
    savedAt: context.app.now().toISOString(),
  };
  const expiresAt = draftExpiry(context);
  await db.transaction(async (tx) => {
    // Locked: a claim waits, and then takes the supplement along.
    const isThere = (await findCase(tx, holder, context.app.now(), true)) !== undefined;
    if (isThere) await createDraft(tx, holder, { authority, content, expiresAt });
  });
}

/**
 * Where a supplement goes on: the first open page of the entry questions or of the service. Who has answered everything
 * comes to hand in documents.
 */
export function supplementHref(
  context: AppLoadContext,
  page: Page,
  authority: Authority,
  { content }: Pick<Draft, "content">,
): string {
  const home = `/${page.language}/${authority.id}`;
  const id = content.supplements?.service ?? "";
  if (!isServiceId(id)) return `/${page.language}/status`;
  const walked = walkService(services[id], content.answers, settingOf(context, authority, page.language, content));
  if (!walked.triage.isComplete) return `${home}/${triage.id}/${openStep(walked.triage)}`;
  const open = openStep(walked.service);
  return `${home}/${id}/${open === "review" ? "evidence" : open}`;
}
