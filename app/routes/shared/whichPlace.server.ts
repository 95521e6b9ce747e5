import { redirect, type AppLoadContext } from "@remix-run/node";
import { isElsewhere, placesToChoose } from "#app/competence.server.ts";
import type { Authority } from "#app/config/authority.ts";
import { pageBase } from "#app/routes/shared/base.server.ts";
import { leaveOfDraft } from "#app/routes/shared/leave.server.ts";
import type { Option } from "#app/routes/shared/options.server.ts";
import type { Page } from "#app/routes/shared/request.server.ts";
import { requireWizard } from "#app/routes/shared/wizard.server.ts";
import type { DraftContent } from "#app/store/drafts.server.ts";
import { nextStep } from "#flows/engine/walk.ts";
import { short } from "#flows/services/short.ts";

/** Answer of a person whose place is not in the list: what was typed stays. */
export const NONE_OF_THESE = "-";

const idOf = ({ service }: DraftContent): string => (service === short.id ? short.id : "triage");

/** The page after the place, or the one that names the competent authority. */
export function afterPlace(context: AppLoadContext, page: Page, authority: Authority, content: DraftContent): string {
  const home = `/${page.language}/${authority.id}`;
  if (isElsewhere(context, authority, content.answers)) return `${home}/not-responsible`;
  const { base, walked, flow } = requireWizard(context, page, authority, idOf(content), content);
  return `${base}/${nextStep(walked, flow.initial) ?? flow.initial}`;
}

/** The places to choose from. @throws a redirect if there is nothing to choose */
export function viewWhichPlace(context: AppLoadContext, page: Page, authority: Authority, content: DraftContent) {
  const places = placesToChoose(context, authority, content.answers);
  if (places.length === 0) throw redirect(afterPlace(context, page, authority, content));
  const say = (key: string) =>
    page.say(`pages:whichPlace.${key}`, { postalCode: String(content.answers["postalCode"]) });
  const options: Option[] = places.map(({ place, kreisName }) => ({ value: place, label: `${place} (${kreisName})` }));
  const wizard = requireWizard(context, page, authority, idOf(content), content);
  const base = pageBase(context, page, say("title"), authority);
  return {
    ...base,
    frame: { ...base.frame, ...leaveOfDraft(page, content) },
    lead: say("lead"),
    label: page.say("fields:place.label"),
    options: [...options, { value: NONE_OF_THESE, label: say("none") }],
    backHref: `${wizard.base}/${wizard.flow.initial}`,
    token: context.formToken,
  };
}
