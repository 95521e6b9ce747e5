import { redirect } from "@remix-run/node";
import type { RequestContext } from "#app/http.server.ts";
import type { BeginView } from "#app/components/operator/BeginForm.tsx";
import type { HelpedLine } from "#app/components/operator/HelpedTable.tsx";
import { berlinDate } from "#app/i18n/format.ts";
import { startDraft } from "#app/routes/shared/draft.server.ts";
import type { HelperRequest } from "#app/routes/shared/helperPage.server.ts";
import { withCookies } from "#app/routes/shared/staff.server.ts";
import { CLEAR_SITE_DATA } from "#app/session.server.ts";
import { recordAudit } from "#app/staff/scope.server.ts";
import { beginHelped, helpedOn, type HelpedRow } from "#app/store/helped.server.ts";
import type { FormValues } from "#flows/engine/forms.ts";
import type { EventKind } from "#flows/engine/status.ts";
import { isLanguage, languages } from "#locales/languages.ts";

const tones: Readonly<Partial<Record<EventKind, HelpedLine["state"]["tone"]>>> = {
  accepted: "success",
  rejected: "danger",
  stuck: "warning",
};

/** What this helper began today, of their authorities. */
export function rowsOfToday({ app }: Pick<RequestContext, "app">, { inScope, staff }: HelperRequest) {
  return inScope((tx) => helpedOn(tx, staff.subject, berlinDate(app.now())));
}

/** A row in words. */
export function lineOf({ words }: HelperRequest, row: HelpedRow): HelpedLine {
  const { id, authority, startedAt, handedOverAt, reference, status } = row;
  // Of an application that went to an authority of somebody else no event is seen here.
  const state = status ?? (reference === null ? "begun" : "filed");
  return {
    id,
    authority: words.authority(authority),
    started: words.moment(startedAt),
    state: {
      tone: (status && tones[status]) ?? "info",
      label: words.orItself(`operator:helper.states.${state}`, words.orItself(`status:${state}.title`, state)),
    },
    handedOver: handedOverAt !== null,
    ...(reference === null ? {} : { reference, labelHref: `/helper/labels.pdf?id=${id}` }),
  };
}

/** The form that begins an application; the only authority is chosen already. */
export function beginView(
  { authorities }: HelperRequest,
  form?: FormValues,
  errors: BeginView["errors"] = {},
): BeginView {
  const [only, ...others] = authorities;
  const typed = (name: string): [string, string[]][] => (form?.[name] ? [[name, [...form[name]]]] : []);
  const preset: [string, string[]][] = only && others.length === 0 ? [["authority", [only.id]]] : [];
  return {
    languages: languages.map(({ code, name }) => ({ value: code, label: name })),
    authorities: authorities.map(({ id, name }) => ({ value: id, label: name })),
    values: Object.fromEntries([...preset, ...typed("language"), ...typed("authority")]),
    errors,
  };
}

/**
 * Begins an application for somebody in this browser, which forgets whoever was there before.
 * @returns what is missing in the form @throws the redirect to the first question
 */
export async function beginFor(
  context: RequestContext,
  asked: HelperRequest,
  form: FormValues,
): Promise<BeginView["errors"]> {
  const { words, staff, inScope } = asked;
  const language = form["language"]?.[0];
  const authority = asked.authorities.find(({ id }) => id === form["authority"]?.[0]);
  const missing = (name: "language" | "authority") => ({
    [name]: words.say("errors:required", { label: words.say(`operator:helper.${name}`) }),
  });
  if (!isLanguage(language) || !authority) {
    return { ...(isLanguage(language) ? {} : missing("language")), ...(authority ? {} : missing("authority")) };
  }
  const helped = await inScope(async (tx) => {
    const id = await beginHelped(tx, authority.id, staff.subject, context.app.now());
    await recordAudit(tx, staff, "helper.begin", String(id), authority.id);
    return id;
  });
  const page = { ...asked.page, language };
  // Counted for the helper: a whole centre has one address.
  const counted = { ...context, caller: `helper ${staff.subject}` };
  const { cookie } = await startDraft(counted, page, authority, { answers: {}, service: null, helped });
  const headers = withCookies([cookie]);
  headers.set("clear-site-data", CLEAR_SITE_DATA);
  throw redirect(`/${language}/${authority.id}/triage/place`, { headers });
}
