import type { Authority } from "#app/config/authority.ts";
import type { OtherWayProps } from "#app/routes/shared/OtherWay.tsx";
import type { Page } from "#app/routes/shared/request.server.ts";
import type { Wizard } from "#app/routes/shared/wizard.server.ts";
import { continuesByOrdinance, lastDay } from "#flows/law/continuation.ts";
import { isPressing, short } from "#flows/services/short.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";

/** Address of the short path at an authority. */
export function shortHref({ language }: Page, authority: Authority): string {
  return `/${language}/${authority.id}/${short.id}/${short.initial}`;
}

/** The offer of the short path: pressing for people whose title ends within the pressing days or has ended (domain 7). */
export function shortWay(page: Page, authority: Authority, { walked, setting }: Wizard): OtherWayProps {
  const { law, today } = setting;
  const { titleValidUntil: printed, protectionTitle } = walked.answers as TriageAnswers;
  const urgent = isPressing(lastDay(printed, continuesByOrdinance(protectionTitle), law), law, today);
  const say = (key: string) => page.say(`pages:short.${key}`);
  return {
    tone: urgent ? "warning" : "info",
    title: say(urgent ? "urgentTitle" : "title"),
    text: say("text"),
    href: shortHref(page, authority),
    label: say("start"),
  };
}

/** The other way that a page of a wizard offers, if any: a supplement has only one. */
export function otherWayOf(
  page: Page,
  authority: Authority,
  wizard: Wizard,
  step: string,
  isSupplement: boolean,
): OtherWayProps | undefined {
  if (isSupplement || authority.transport.kind === "none") return undefined;
  if (wizard.id === short.id && step === short.initial) {
    const say = (key: string) => page.say(`pages:short.${key}`);
    const href = `/${page.language}/${authority.id}/triage`;
    return { tone: "info", title: say("longTitle"), text: say("longText"), href, label: say("long") };
  }
  if (wizard.id !== "triage" || wizard.flow.steps[step]?.kind !== "fields") return undefined;
  // Whether a title of people from Ukraine continues by ordinance is only asked after its date.
  if (wizard.walked.answers["fledUkraine"] === true) return undefined;
  const way = shortWay(page, authority, wizard);
  return way.tone === "warning" ? way : undefined;
}
