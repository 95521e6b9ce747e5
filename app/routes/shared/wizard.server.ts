import { redirect } from "@remix-run/node";
import type { Authority } from "#app/config/authority.ts";
import { formatDate, formatTime, berlinDate } from "#app/i18n/format.ts";
import type { ContextBarProps } from "#app/components/ContextBar.tsx";
import type { Section } from "#app/components/SectionsNav.tsx";
import type { RequestContext } from "#app/http.server.ts";
import type { OpenDraft } from "#app/routes/shared/draft.server.ts";
import { nameOf } from "#app/routes/shared/household.server.ts";
import { notFound, settingOf, type Page } from "#app/routes/shared/request.server.ts";
import { formatAccessCode } from "#app/store/access-code.ts";
import type { DraftContent } from "#app/store/drafts.server.ts";
import type { Setting } from "#flows/engine/facts.ts";
import { sectionsOnWay } from "#flows/engine/sections.ts";
import { isReachable, openStep, walk, type Walk, type Walkable } from "#flows/engine/walk.ts";
import { outcomeOf, type Outcome } from "#flows/services/outcome.ts";
import { isServiceId, services, type ServiceId } from "#flows/services/registry.ts";
import { walkable, walkService, type Service } from "#flows/services/service.ts";
import { short, walkShort } from "#flows/services/short.ts";
import { triage } from "#flows/services/triage.ts";

/** A wizard as a request walks it: the entry questions, or a service behind them. */
export type Wizard = {
  id: string;
  flow: Walkable;
  walked: Walk;
  /** Answers handed in by the entry questions. */
  given: Readonly<Record<string, unknown>>;
  setting: Setting;
  /** The service that is filed; of the short path the one that its wish leads to, once it is said. */
  service: Service | undefined;
  /** Address of the wizard, without step. */
  base: string;
};

/** What a draft says on its way through a wizard. */
export type Content = Pick<DraftContent, "answers" | "supplements" | "helped">;

/** The service of a supplement is that of its case, whatever the entry questions lead to by now. */
export function serviceOf({ supplements }: Content, outcome: Outcome): ServiceId | undefined {
  if (supplements && isServiceId(supplements.service)) return supplements.service;
  return outcome.outcome === "application" ? outcome.service : undefined;
}

/** Finds the wizard of an address and walks it. A service that the entry questions do not lead to sends back to them. */
export function requireWizard(
  context: RequestContext,
  page: Page,
  authority: Authority,
  id: string | undefined,
  content: Content,
): Wizard {
  const { answers: stored } = content;
  const setting = settingOf(context, authority, page.language, content);
  const base = `/${page.language}/${authority.id}/${id}`;
  if (id === "triage") {
    return { id, flow: triage, walked: walk(triage, stored, setting), given: {}, setting, service: undefined, base };
  }
  if (id === short.id) {
    // What is left to add to a filed application is asked by the long way.
    if (content.supplements) throw redirect(`/${page.language}/${authority.id}/${content.supplements.service}`);
    const { walk: walked, service } = walkShort(stored, setting);
    return { id, flow: short, walked, given: {}, setting, service, base };
  }
  if (id === undefined || !isServiceId(id)) notFound();
  const service = services[id];
  const { triage: entry, service: walked } = walkService(service, stored, setting);
  const outcome = outcomeOf(entry.answers, setting);
  if (!entry.isComplete || serviceOf(content, outcome) !== id) {
    throw redirect(`/${page.language}/${authority.id}/triage/${openStep(entry)}`);
  }
  return { id, flow: walkable(service), walked, given: entry.answers, setting, service, base };
}

/** A service or step that does not exist is a page that does not exist, whoever asks. */
export function requireKnownStep(id: string | undefined, step: string): void {
  const flow = [triage, short].find((entry) => entry.id === id) ?? flowOfService(id);
  if (!flow || !Object.hasOwn(flow.steps, step)) notFound();
}

function flowOfService(id: string | undefined) {
  return id !== undefined && isServiceId(id) ? services[id].flow : undefined;
}

/** Sends to the first open page if the asked one lies ahead of the path. */
export function requireReachable(wizard: Wizard, step: string): void {
  if (!isReachable(wizard.walked, step)) throw redirect(`${wizard.base}/${openStep(wizard.walked)}`);
}

/** A section nobody has begun is open; one with an open page behind answered ones has a gap. */
function stateOf(first: string | undefined, openPage: string, holdsOpenPage: boolean): Section["state"] {
  if (first === undefined || first === openPage) return "open";
  return holdsOpenPage ? "gap" : "done";
}

/** Sections of the wizard as the list beside the form shows them. */
export function sectionsOf(wizard: Wizard, step: string, page: Page): Section[] {
  const { flow, walked, base, setting } = wizard;
  const here = flow.steps[step]?.section;
  const hidden = new Set([
    ...(setting.settings.postalDelivery ? [] : ["card"]),
    ...(setting.settings.askOffences ? [] : ["record"]),
    ...(setting.settings.extraQuestions.length > 0 ? [] : ["questions"]),
  ]);
  const last = openStep(walked);
  const ids = sectionsOnWay(flow, walked.path).filter((id) => !hidden.has(id));
  const open = walked.isComplete ? undefined : flow.steps[last]?.section;
  return ids.map((id) => {
    const first = walked.path.find((name) => flow.steps[name]?.section === id);
    const state = id === here ? "here" : stateOf(first, last, id === open);
    return {
      title: page.say(`steps:sections.${id}`),
      state,
      ...(first === undefined ? {} : { href: `${base}/${first}` }),
    };
  });
}

/** The bar that says what is filled in, that it is saved, and how to come back. */
export function contextBar(
  page: Page,
  authority: Authority,
  wizard: Wizard,
  open: OpenDraft | undefined,
): ContextBarProps {
  const title = page.say(`services:${wizard.id}.title`);
  if (!open) return { title };
  const { content, expiresAt } = open.draft;
  return {
    title,
    saved: { state: "saved", time: formatTime(new Date(content.savedAt)) },
    laterHref: `/${page.language}/${authority.id}/save-code`,
    ...(content.household
      ? {
          householdHref: `/${page.language}/${authority.id}/household`,
          person: nameOf(page, { member: content.household.member, draft: open.draft, found: undefined }),
        }
      : {}),
    code: {
      groups: formatAccessCode(open.code).split("-"),
      retentionDate: formatDate(berlinDate(expiresAt), page.language),
    },
  };
}
