import { data } from "@remix-run/node";
import type { RequestContext } from "#app/http.server.ts";
import type { Frame } from "#app/components/frame.ts";
import { tabTitle } from "#app/routes/shared/step.server.ts";
import { frameOf, notFound, requirePage, type Page } from "#app/routes/shared/request.server.ts";
import { staffServiceOf, type LoginStep, type StaffService } from "#app/staff/login.server.ts";

/** What every page of the login needs; without a login service there are none. @throws 404 */
export function requireStaffService(request: Request, context: RequestContext): { service: StaffService; page: Page } {
  const service = staffServiceOf(context.app) ?? notFound();
  return { service, page: { ...requirePage(request, { lng: "de" }), rest: "" } };
}

/** A page of the login with one message. */
export type StaffMessage = {
  frame: Frame;
  office: string;
  title: string;
  heading: string;
  text: string;
  code?: string;
};

/** Department and environment, as the header of all pages for staff names them. */
export function officeOf({ app }: RequestContext, { say }: Pick<Page, "say">): string {
  return say(app.env.mode === "demo" ? "operator:head.officeDemo" : "operator:head.office");
}

/** The data of a page with one message. */
export function staffMessage(context: RequestContext, page: Page, heading: string, text: string): StaffMessage {
  const title = tabTitle(page, heading, false);
  return { frame: frameOf(context, page), office: officeOf(context, page), title, heading, text };
}

/** Headers that set cookies. */
export function withCookies(cookies: readonly string[]): Headers {
  return new Headers(cookies.map((cookie): [string, string] => ["set-cookie", cookie]));
}

/** The page that says why a login did not work; 503 if trying later helps. */
export function refusedLogin(
  context: RequestContext,
  page: Page,
  { code, cookies }: Extract<LoginStep, { ok: false }>,
) {
  const text = page.say(`operator:staff.failed.${code}`);
  const message = staffMessage(context, page, page.say("operator:staff.failed.title"), text);
  const status = code === "unreachable" ? 503 : 403;
  return data({ ...message, code }, { status, headers: withCookies(cookies) });
}
