import type { Authority } from "#app/config/authority.ts";
import type { Db } from "#app/db.server.ts";
import type { RequestContext } from "#app/http.server.ts";
import type { HelperPage } from "#app/components/operator/HelperFrame.tsx";
import { deskWords, type DeskWords } from "#app/routes/shared/operatorWords.server.ts";
import { frameOf, requirePage, type Page } from "#app/routes/shared/request.server.ts";
import { officeOf } from "#app/routes/shared/staff.server.ts";
import { tabTitle } from "#app/routes/shared/step.server.ts";
import { requireStaff } from "#app/staff/require.server.ts";
import { asStaff } from "#app/staff/scope.server.ts";
import { rightIn, type Staff } from "#app/staff/staff.ts";

/** A request for a page of the helpers, by one of them. */
export type HelperRequest = {
  page: Page;
  words: DeskWords;
  staff: Staff;
  /** Those that they may begin applications for: theirs, as far as something can be filed there. */
  authorities: readonly Authority[];
  /** Reads and writes as this person: the database itself refuses what belongs to other authorities. */
  inScope: <T>(work: (tx: Db) => Promise<T>) => Promise<T>;
};

/** Lets in helpers. @throws a redirect to the login or to the denied page; 404 where nobody logs in */
export function requireHelper(request: Request, context: RequestContext): HelperRequest {
  const { staff, role } = requireStaff(context, "helper");
  const page = { ...requirePage(request, { lng: "de" }), rest: "" };
  const theirs = rightIn(staff, [role])?.authorities ?? [];
  return {
    page,
    words: deskWords(context.app, page),
    staff,
    authorities: context.app.config.authorities.filter(
      ({ id, transport }) => transport.kind !== "none" && (theirs === "all" || theirs.includes(id)),
    ),
    inScope: (work) => asStaff(context.app, staff, role, work),
  };
}

/** What every page of the helpers shows around its content. */
export function helperPage(context: RequestContext, { page, words }: HelperRequest, title: string): HelperPage {
  return {
    title: tabTitle(page, title, false),
    token: context.formToken,
    frame: frameOf(context, page),
    office: officeOf(context, page),
    login: words.say("operator:head.login", { role: words.say("operator:head.roles.helper") }),
  };
}
