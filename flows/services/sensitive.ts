import type { Service } from "#flows/services/service.ts";

/** True for services whose applicants may be in danger, and for people without any status (architecture 9). */
export function isSensitive(
  service: Pick<Service, "isSensitive"> | undefined,
  answers: Readonly<Record<string, unknown>>,
): boolean {
  return service?.isSensitive === true || answers["currentTitleType"] === "noStatus";
}
