import type { Authority } from "#app/config/authority.ts";
import type { RequestContext } from "#app/http.server.ts";
import type { OpenDraft } from "#app/routes/shared/draft.server.ts";
import { settingOf, type Page } from "#app/routes/shared/request.server.ts";
import { serviceOf } from "#app/routes/shared/wizard.server.ts";
import type { EvidenceCode, EvidenceItem } from "#flows/engine/evidence.ts";
import { walk } from "#flows/engine/walk.ts";
import { outcomeOf } from "#flows/services/outcome.ts";
import { services } from "#flows/services/registry.ts";
import { walkable, walkService } from "#flows/services/service.ts";
import { triage } from "#flows/services/triage.ts";

/** Every code that may be handed in for an item: it can be met by one of several. */
export function codesOf(item: EvidenceItem): readonly EvidenceCode[] {
  return [item.code, ...item.alternatives];
}

/** The codes that the answers of a draft ask for now; none while they lead to no service. */
export function askedCodes(
  context: RequestContext,
  page: Page,
  authority: Authority,
  { draft: { content } }: OpenDraft,
): readonly EvidenceCode[] {
  const setting = settingOf(context, authority, page.language, content);
  const entry = walk(triage, content.answers, setting);
  const id = entry.isComplete ? serviceOf(content, outcomeOf(entry.answers, setting)) : undefined;
  if (id === undefined) return [];
  const { answers } = walkService(services[id], content.answers, setting);
  return (walkable(services[id]).evidence?.({ ...setting, answers }) ?? []).flatMap(codesOf);
}
