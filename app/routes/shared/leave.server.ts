import type { Page } from "#app/routes/shared/request.server.ts";
import type { ApplicantCopy } from "#app/store/cases.server.ts";
import type { DraftContent } from "#app/store/drafts.server.ts";
import type { Person } from "#app/store/household.server.ts";
import type { Payload } from "#flows/delivery/payload.ts";
import { isServiceId, services } from "#flows/services/registry.ts";
import { isSensitive } from "#flows/services/sensitive.ts";
import type { Service } from "#flows/services/service.ts";

/** The part of a frame that lets people leave a sensitive application quickly; nothing for all others. */
export type Leave = { leaveHref?: string };

/** The service of an id, if there is one. */
function serviceOf(id: string | null | undefined): Service | undefined {
  return id && isServiceId(id) ? services[id] : undefined;
}

/** On pages of a wizard: by the service at hand and the answers so far. */
export function leaveOf(
  { language }: Page,
  service: string | null | undefined,
  answers: Readonly<Record<string, unknown>>,
): Leave {
  return isSensitive(serviceOf(service), answers) ? { leaveHref: `/${language}/leave` } : {};
}

/** On pages about a draft. */
export function leaveOfDraft(page: Page, { service, answers }: DraftContent): Leave {
  return leaveOf(page, service, answers);
}

/** True for a member of a household with a draft or case of that kind. */
export function isSensitivePerson({ draft, found }: Pick<Person, "draft" | "found">): boolean {
  if (found)
    return isSensitive(serviceOf((JSON.parse(found.copy.payload) as Payload).service.id), found.copy.answers ?? {});
  return draft !== undefined && isSensitive(serviceOf(draft.content.service), draft.content.answers);
}

/** On pages about several people: if it is so for one of them. */
export function leaveOfPersons({ language }: Page, persons: readonly Pick<Person, "draft" | "found">[]): Leave {
  return persons.some(isSensitivePerson) ? { leaveHref: `/${language}/leave` } : {};
}

/** On pages about a filed application. */
export function leaveOfCase(page: Page, { payload, answers }: ApplicantCopy): Leave {
  return leaveOf(page, (JSON.parse(payload) as Payload).service.id, answers ?? {});
}
