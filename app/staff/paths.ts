import type { StaffRole } from "#app/config/staff.ts";

/** First page of every role that has one, in the order that holds for somebody with several. */
const HOMES: readonly (readonly [StaffRole, string])[] = [
  ["operator", "/operator"],
  ["administrator", "/operator"],
  ["helper", "/helper"],
];

/** Where somebody with these roles begins when no page led them to the login; `undefined` if there is no page for them. */
export function homeOf(roles: readonly { role: StaffRole }[]): string | undefined {
  return HOMES.find(([home]) => roles.some(({ role }) => role === home))?.[1];
}

const STAFF_PATH = /^\/(operator|desk|helper|staff)(\/|\.data$|$)/;
// Words, ids and plain queries only: nothing that a browser could read as another host.
const PLAIN_PATH = /^\/(operator|desk|helper|staff)(\/[\w.-]+)*(\?[\w.=&%-]*)?$/;
const OF_THE_LOGIN = /^\/staff\/(login|callback|logout|denied)\b/;

/** True for addresses of pages for staff; anywhere else their session is not even read. */
export function isStaffPath(pathname: string): boolean {
  return STAFF_PATH.test(pathname);
}

/** An address of a page for staff to return to after the login, or nothing if it is none: it may come from outside. */
export function safeReturn(address: string | null): string | undefined {
  if (address === null || !PLAIN_PATH.test(address) || OF_THE_LOGIN.test(address)) return undefined;
  return /(^|\/)\.+(\/|\?|$)/.test(address) ? undefined : address;
}

/** The address that starts a login and leads back to `address` afterwards. */
export function loginPath(address: string | undefined): string {
  return address === undefined ? "/staff/login" : `/staff/login?${new URLSearchParams({ to: address }).toString()}`;
}

/** The page that a request is for, as a browser shows it: data of a page are asked for at its address with an ending. */
export function pageAddress({ url }: Pick<Request, "url">): string {
  const { pathname, searchParams } = new URL(url);
  const query = new URLSearchParams(searchParams);
  query.delete("_routes");
  const path = pathname.replace(/\.data$/, "");
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}
