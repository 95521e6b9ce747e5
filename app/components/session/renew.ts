import { MINUTE_MS, type SessionInfo } from "#app/components/session/session.ts";
import type { Renewal } from "#app/components/session/sessionMachine.ts";

/**
 * Asks the service to prolong the session.
 * @throws when nobody answers or the answer is none of the service
 */
export async function renewSession({ renewHref, token, minutes }: SessionInfo): Promise<Renewal> {
  const response = await fetch(renewHref, { method: "POST", body: new URLSearchParams({ csrf: token }) });
  if (!response.ok) throw new Error("not renewed");
  const answer: unknown = await response.json();
  const isOpen = typeof answer === "object" && answer !== null && "open" in answer && answer.open === true;
  // Counted from the answer, so that the end here never comes before that of the service: a page asked for then would
  // prolong the session instead of ending it.
  return isOpen ? { until: Date.now() + minutes * MINUTE_MS } : "ended";
}
