import { redirect, type AppLoadContext } from "@remix-run/node";
import type { SessionInfo } from "#app/components/session/session.ts";
import type { Authority } from "#app/config/authority.ts";
import { currentDraft, requireDraft, type OpenDraft } from "#app/routes/shared/draft.server.ts";
import { leaveIfHelped } from "#app/routes/shared/helped.server.ts";
import { leaveOf } from "#app/routes/shared/leave.server.ts";
import { otherWayOf } from "#app/routes/shared/otherWay.server.ts";
import { frameOf, requireAuthority, requirePage, type Page } from "#app/routes/shared/request.server.ts";
import type { WizardFrame } from "#app/routes/shared/StepPage.tsx";
import {
  contextBar,
  requireKnownStep,
  requireReachable,
  requireWizard,
  sectionsOf,
  serviceOf,
  type Content,
  type Wizard,
} from "#app/routes/shared/wizard.server.ts";
import { SESSION_MINUTES } from "#app/session.server.ts";
import type { Facts, Step } from "#flows/engine/facts.ts";
import { outcomeOf } from "#flows/services/outcome.ts";
import { short } from "#flows/services/short.ts";
import { triage } from "#flows/services/triage.ts";
import { nextStep, openStep, previousStep } from "#flows/engine/walk.ts";

/** Where a request stands in a wizard: page, authority, draft, walk and step. */
export type StepAt = {
  context: AppLoadContext;
  page: Page;
  authority: Authority;
  open: OpenDraft | undefined;
  wizard: Wizard;
  step: string;
  definition: Step;
  facts: Facts;
  /** Page to return to after saving; only the review page sends people to change single answers. */
  from: "review" | undefined;
};

type Params = {
  lng?: string | undefined;
  authority?: string | undefined;
  service?: string | undefined;
  step?: string | undefined;
};

/**
 * Finds the step of an address. The first page of the entry questions needs no draft; every other one does. A step ahead
 * of the path leads to the first open one.
 */
export async function requireStep(request: Request, params: Params, context: AppLoadContext): Promise<StepAt> {
  const page = requirePage(request, params);
  const authority = requireAuthority(context, params);
  const step = params.step ?? "";
  requireKnownStep(params.service, step);
  const found = await currentDraft(context);
  const isEntry = [triage, short].some(({ id, initial }) => params.service === id && step === initial);
  const start = params.service === short.id ? `${short.id}/${short.initial}` : undefined;
  // Every other step leads to what was filed, or out of a sitting that was handed over.
  if (!found && isEntry) leaveIfHelped(context, page);
  const open =
    found?.draft.authority === authority.id
      ? found
      : isEntry && !found
        ? undefined
        : await requireDraft(context, page, authority, start);
  const wizard = requireWizard(context, page, authority, params.service, open?.draft.content ?? blank);
  requireReachable(wizard, step);
  const definition = wizard.flow.steps[step];
  if (!definition) throw redirect(wizard.base);
  const facts: Facts = { ...wizard.setting, answers: { ...wizard.given, ...wizard.walked.answers } };
  const from = new URL(request.url).searchParams.get("from") === "review" ? "review" : undefined;
  return { context, page, authority, open, wizard, step, definition, facts, from };
}

/** What a browser without a draft starts from. */
export const blank: Content = { answers: {} };

/** True if the draft adds to a filed application. */
export function isSupplement({ open }: Pick<StepAt, "open">): boolean {
  return open?.draft.content.supplements !== undefined;
}

/** The answers that are stored now, whether on the path or not. */
export function storedAnswers({ open }: StepAt): Readonly<Record<string, unknown>> {
  return open?.draft.content.answers ?? {};
}

function sessionOf({ context, page, authority }: StepAt): SessionInfo {
  return sessionInfo(context, page, `/${page.language}/${authority.id}/save-code?leave=yes`);
}

/** What a page with a form needs to warn before its session ends; `laterHref`: where somebody goes who stops here. */
export function sessionInfo(context: AppLoadContext, page: Page, laterHref: string): SessionInfo {
  return {
    minutes: SESSION_MINUTES,
    renewHref: `/${page.language}/session`,
    token: context.formToken,
    laterHref,
    endedHref: `/${page.language}/session-ended`,
  };
}

/** The service at hand, or the one that the entry questions lead to so far. */
function wishedService({ wizard, open }: StepAt): string | undefined {
  if (wizard.service) return wizard.service.id;
  return serviceOf(open?.draft.content ?? blank, outcomeOf(wizard.walked.answers, wizard.setting));
}

/** Frame, draft bar, sections and way back of a step. */
export function wizardFrame(at: StepAt): WizardFrame {
  const { context, page, authority, wizard, step, open, from } = at;
  const previous = previousStep(wizard.walked, step);
  const before = previous ? `${wizard.base}/${previous}` : `/${page.language}/${authority.id}`;
  const back = (from && serviceBase(at, storedAnswers(at))) ?? before;
  const otherWay = otherWayOf(page, authority, wizard, step, isSupplement(at));
  return {
    frame: { ...frameOf(context, page, authority), ...leaveOf(page, wishedService(at), storedAnswers(at)) },
    bar: contextBar(page, authority, wizard, open),
    sections: sectionsOf(wizard, step, page),
    back,
    ...(otherWay ? { otherWay } : {}),
    ...(open ? { session: sessionOf(at) } : {}),
  };
}

/** Title of the browser tab: with errors it says so first. */
export function tabTitle(page: Page, title: string, hasErrors: boolean): string {
  const plain = page.say("common:pageTitle", { title });
  return hasErrors ? page.say("common:titleWithErrors", { title: plain }) : plain;
}

/** Which revision of this step a page was made from. */
export function revisionOf({ open, wizard, step }: StepAt): number {
  return open?.draft.content.revisions[`${wizard.id}/${step}`] ?? 0;
}

/** Address of the service that the entry questions lead to; without a step it leads to the first open page, or to review. */
function serviceBase(
  { context, page, authority, wizard, open }: StepAt,
  answers: Readonly<Record<string, unknown>>,
): string | undefined {
  if (wizard.id === short.id) return wizard.base;
  const content = { ...(open?.draft.content ?? blank), answers };
  const { walked, setting } = requireWizard(context, page, authority, "triage", content);
  const service = serviceOf(content, outcomeOf(walked.answers, setting));
  return walked.isComplete && service ? `/${page.language}/${authority.id}/${service}` : undefined;
}

/** Where to go after a page was saved, given the answers as they are now; from the review page back to it if possible. */
export function afterSave(at: StepAt, answers: Readonly<Record<string, unknown>>): string {
  const { context, page, authority, wizard, step, from, open } = at;
  const service = from && serviceBase(at, answers);
  if (service) return service;
  const now = requireWizard(context, page, authority, wizard.id, { ...(open?.draft.content ?? blank), answers });
  return `${now.base}/${nextStep(now.walked, step) ?? openStep(now.walked)}`;
}

/** The page that shows the access code, then leads to `next`; `leave` words it for people who stop here. */
export function saveCodePath(
  { page, authority }: Pick<StepAt, "page" | "authority">,
  next: string,
  leave = false,
): string {
  const query = new URLSearchParams({ next, ...(leave ? { leave: "yes" } : {}) });
  return `/${page.language}/${authority.id}/save-code?${query.toString()}`;
}
