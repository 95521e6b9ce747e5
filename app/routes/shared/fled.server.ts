import { redirect, type AppLoadContext } from "@remix-run/node";
import type { Authority } from "#app/config/authority.ts";
import { takesOnline } from "#app/config/services.ts";
import { formatDate } from "#app/i18n/format.ts";
import { currentDraft, startDraft } from "#app/routes/shared/draft.server.ts";
import { readForm } from "#app/routes/shared/form.server.ts";
import { leaveIfHelped } from "#app/routes/shared/helped.server.ts";
import { placeDetour } from "#app/routes/shared/placeDetour.server.ts";
import { questionsOf } from "#app/routes/shared/questions.server.ts";
import { appointmentForAll } from "#app/routes/shared/refuge-words.server.ts";
import { refuse } from "#app/routes/shared/refused.server.ts";
import { frameOf, settingOf, type Page } from "#app/routes/shared/request.server.ts";
import { tabTitle } from "#app/routes/shared/step.server.ts";
import { typedOnly } from "#app/routes/shared/step-questions.server.ts";
import type { Problems, Setting } from "#flows/engine/facts.ts";
import { readFields, type FormValues } from "#flows/engine/forms.ts";
import { fieldsOf, parsePage } from "#flows/engine/parse.ts";
import { openStep, walk } from "#flows/engine/walk.ts";
import { lawDay } from "#flows/law/law.ts";
import type { ServiceId } from "#flows/services/registry.ts";
import { triage } from "#flows/services/triage.ts";
import { fled } from "#flows/steps/fled.ts";

/** Temporary protection (§ 24 AufenthG). */
export const FLED_SERVICE: ServiceId = "H-24";

/** Path of the short entry for people who fled Ukraine; undefined where nobody takes their application online. */
export function fledHref({ language }: Page, authority: Authority): string | undefined {
  return takesOnline(authority, FLED_SERVICE) ? `/${language}/${authority.id}/ukraine` : undefined;
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
  const first = `/${page.language}/${authority.id}/${triage.id}/${openStep(walk(triage, answers, setting))}`;
  const next = placeDetour(context, page, authority, answers) ?? first;
  throw redirect(next, { headers: { "set-cookie": cookie } });
}
