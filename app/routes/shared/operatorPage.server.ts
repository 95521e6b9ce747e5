import type { StaffRole } from "#app/config/staff.ts";
import type { RequestContext } from "#app/http.server.ts";
import type { Db } from "#app/db.server.ts";
import type { StaffFrame } from "#app/components/operator/OperatorFrame.tsx";
import { deskWords, type DeskWords } from "#app/routes/shared/operatorWords.server.ts";
import { frameOf, requirePage, type Page } from "#app/routes/shared/request.server.ts";
import { officeOf } from "#app/routes/shared/staff.server.ts";
import { tabTitle } from "#app/routes/shared/step.server.ts";
import { requireStaff } from "#app/staff/require.server.ts";
import { asStaff } from "#app/staff/scope.server.ts";
import { rightIn, type Authorities, type Staff } from "#app/staff/staff.ts";

/** Who may look after deliveries: the data centre everywhere, the administrators of an authority in it. */
const roles = ["operator", "administrator"] as const satisfies readonly StaffRole[];

/** A request for a page of the operator, by somebody who may see it. */
export type OperatorRequest = {
  page: Page;
  words: DeskWords;
  staff: Staff;
  role: StaffRole;
  /** Whose deliveries they see. */
  authorities: Authorities;
  /** Reads and acts as this person: the database itself refuses what belongs to other authorities. */
  inScope: <T>(work: (tx: Db) => Promise<T>) => Promise<T>;
};

/** Lets in operators and administrators. @throws a redirect to the login or to the denied page; 404 where nobody logs in */
export function requireOperator(request: Request, context: RequestContext): OperatorRequest {
  const { staff, role } = requireStaff(context, ...roles);
  const page = { ...requirePage(request, { lng: "de" }), rest: "" };
  return {
    page,
    words: deskWords(context.app, page),
    staff,
    role,
    authorities: rightIn(staff, [role])?.authorities ?? [],
    inScope: (work) => asStaff(context.app, staff, role, work),
  };
}

/** What every page of the operator shows around its content. */
export function operatorPage(
  context: RequestContext,
  { page, words, role }: OperatorRequest,
  title: string,
): { title: string; staff: StaffFrame; token: string } {
  return {
    title: tabTitle(page, title, false),
    token: context.formToken,
    staff: {
      frame: frameOf(context, page),
      office: officeOf(context, page),
      login: words.say("operator:head.login", { role: words.orItself(`operator:head.roles.${role}`, role) }),
      asOf: words.say("operator:asOf", { moment: words.moment(context.app.now()) }),
    },
  };
}
