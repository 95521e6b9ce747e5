import { redirect, type AppLoadContext } from "@remix-run/node";
import type { Authority } from "#app/config/authority.ts";
import { offeredServices } from "#app/config/services.ts";
import { formatDate } from "#app/i18n/format.ts";
import { isElsewhere, placesToChoose } from "#app/routes/shared/competence.server.ts";
import { currentDraft, startDraft } from "#app/routes/shared/draft.server.ts";
import { readForm } from "#app/routes/shared/form.server.ts";
import { leaveIfHelped } from "#app/routes/shared/helped.server.ts";
import { questionsOf } from "#app/routes/shared/questions.server.ts";
import { refuse } from "#app/routes/shared/refused.server.ts";
import { frameOf, settingOf, type Page } from "#app/routes/shared/request.server.ts";
import { tabTitle } from "#app/routes/shared/step.server.ts";
import { typedOnly } from "#app/routes/shared/step-questions.server.ts";
import type { Problems, Setting } from "#flows/engine/facts.ts";
import { readFields, type FormValues } from "#flows/engine/forms.ts";
import { fieldsOf, parsePage } from "#flows/engine/parse.ts";
import { openStep, walk } from "#flows/engine/walk.ts";
import { lawDay, lawValue, type Law } from "#flows/law/law.ts";
import type { ServiceId } from "#flows/services/registry.ts";
import { triage } from "#flows/services/triage.ts";
import { fled } from "#flows/steps/fled.ts";

/** Temporary protection (§ 24 AufenthG). */
export const FLED_SERVICE: ServiceId = "H-24";

/** Path of the short entry for people who fled Ukraine; undefined where nobody takes their application online. */
export function fledHref({ language }: Page, authority: Authority): string | undefined {
  const isTaken = authority.transport.kind !== "none" && offeredServices(authority).includes(FLED_SERVICE);
  return isTaken ? `/${language}/${authority.id}/ukraine` : undefined;
}

/** Who must come to the appointment, and from which age fingerprints are taken; nothing while the law does not say (§ 49 Abs. 4a AufenthG). */
export function appointmentForAll({ say }: Page, law: Law): string[] {
  const [must, should] = [lawValue(law, "age.fingerprints"), lawValue(law, "age.fingerprintsOfChildren")];
  return must === undefined || should === undefined ? [] : [say("pages:ukraine.fingerprints", { must, should })];
}

/** What those who filed should know of work and of moving (§ 4a, § 12a Abs. 1 AufenthG); of moving while the law says how long. */
export function afterFiling({ say }: Page, law: Law): string[] {
  const years = lawValue(law, "period.residenceObligation");
  return [
    say("pages:ukraine.work"),
    ...(years === undefined ? [] : [say("pages:ukraine.residence", { count: years })]),
  ];
}

/** What the short entry says of this authority and the law of today, before the first question. */
function notesOf(page: Page, { settings, law }: Pick<Setting, "settings" | "law">): string[] {
  const day = lawDay(law, "date.ukraineContinuation");
  return [
    ...(settings.registrationFirst === true ? [page.say("pages:ukraine.registrationFirst")] : []),
    ...appointmentForAll(page, law),
    // Who has a title that continues by ordinance need not begin at all (UkraineAufenthFGV).
    ...(day === undefined ? [] : [page.say("pages:ukraine.continues", { date: formatDate(day, page.language) })]),
  ];
}

/** The page of the short entry. */
export function viewFled(
  context: AppLoadContext,
  page: Page,
  authority: Authority,
  refused?: { form: FormValues; problems: Problems },
  busy?: { title: string; text: string },
) {
  const setting = settingOf(context, authority, page.language);
  const asked = questionsOf("fled", fled, page, setting.settings, {}, refused);
  return {
    frame: frameOf(context, page, authority),
    title: tabTitle(page, asked.title, asked.problems.length > 0),
    asked,
    notes: notesOf(page, setting),
    token: context.formToken,
    others: `/${page.language}/${authority.id}/triage/place`,
    busy,
  };
}
export type FledView = ReturnType<typeof viewFled>;

/** Sends away who cannot begin here, or has begun already. @throws a redirect */
export async function refuseFled(context: AppLoadContext, page: Page, authority: Authority): Promise<void> {
  const home = `/${page.language}/${authority.id}`;
  const open = await currentDraft(context);
  if (open) throw redirect(`/${page.language}/${open.draft.authority}/${open.draft.content.service ?? triage.id}`);
  leaveIfHelped(context, page);
  if (fledHref(page, authority) === undefined) throw redirect(home);
}

/**
 * Begins the draft with what the page says of everybody who uses it: Ukrainian, and fled from the war. They are answers like
 * typed ones: the same walk goes on from them, and they can be changed.
 */
export async function beginFled(context: AppLoadContext, page: Page, authority: Authority, request: Request) {
  const form = await readForm(request, context);
  const setting = settingOf(context, authority, page.language);
  const facts = { ...setting, answers: {} };
  const fields = fieldsOf(fled, facts);
  const typed = typedOnly(fields, form);
  const parsed = parsePage(fled, readFields(fields, form), facts);
  if (!parsed.ok)
    return refuse(context, viewFled(context, page, authority, { form: typed, problems: parsed.problems }));
  if (!context.isAdmitted) {
    const busy = { title: page.say("pages:step.busyTitle"), text: page.say("pages:step.busyText") };
    return refuse(context, viewFled(context, page, authority, { form: typed, problems: {} }, busy), 503);
  }
  const answers = { ...parsed.answers, nationalities: ["UKR"], fledUkraine: true };
  const { cookie } = await startDraft(context, page, authority, { answers, service: null });
  throw redirect(nextOf(context, page, authority, answers, openStep(walk(triage, answers, setting))), {
    headers: { "set-cookie": cookie },
  });
}

function nextOf(
  context: AppLoadContext,
  page: Page,
  authority: Authority,
  answers: Readonly<Record<string, unknown>>,
  step: string,
): string {
  const home = `/${page.language}/${authority.id}`;
  if (isElsewhere(context, authority, answers)) return `${home}/not-responsible`;
  if (placesToChoose(context, authority, answers).length > 0) return `${home}/which-place`;
  return `${home}/${triage.id}/${step}`;
}
