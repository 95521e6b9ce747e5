import { sql } from "drizzle-orm";
import type { StaffRole } from "#app/config/staff.ts";
import type { App } from "#app/context.server.ts";
import type { Db } from "#app/db.server.ts";
import { rightIn, type Authorities, type Staff } from "#app/staff/staff.ts";
import { audit } from "#drizzle/schema.ts";

/** Somebody was to act in a role that they do not have, or for an authority that cannot be: a mistake in the program. */
export class StaffScopeError extends Error {
  readonly code: "roleMissing" | "authorityInvalid";

  constructor(code: StaffScopeError["code"]) {
    super(`Staff scope: ${code}`);
    this.name = "StaffScopeError";
    this.code = code;
  }
}

// As the configuration demands it; the list must not hold what separates its parts, nor the word for all.
const ID = /^[a-z][a-z0-9-]*$/;

/** Authorities as the policies of the database read them: a list with commas, or `*`. */
function settingOf(authorities: Authorities): string {
  if (authorities === "all") return "*";
  if (!authorities.every((id) => ID.test(id))) throw new StaffScopeError("authorityInvalid");
  return authorities.join(",");
}

/**
 * Does work as staff in one of their roles: in a transaction of the database role `aufenthalt_staff`, for which the
 * database itself refuses rows of other authorities and every sealed column (architecture 6). Use `tx` only; jobs of the
 * queue are not open to this role, so wake the worker afterwards.
 * @throws StaffScopeError
 */
export async function asStaff<T>(
  { database }: Pick<App, "database">,
  staff: Staff,
  role: StaffRole,
  work: (tx: Db) => Promise<T>,
): Promise<T> {
  const right = rightIn(staff, [role]);
  if (!right) throw new StaffScopeError("roleMissing");
  const authorities = settingOf(right.authorities);
  return database.db.transaction(async (tx) => {
    // Local to the transaction, all three: a pooled connection must not carry them to the next request.
    await tx.execute(
      sql`select set_config('app.authorities', ${authorities}, true), set_config('app.role', ${role}, true)`,
    );
    await tx.execute(sql`set local role aufenthalt_staff`);
    return work(tx);
  });
}

/**
 * Notes what staff did on a page of the applicant whom they help, where their login is not read: in the role and as the person
 * by whom it was begun. Within the service's own transaction that does it.
 */
export async function recordAuditOnBehalf(
  tx: Db,
  staff: Pick<Staff, "subject"> & { role: StaffRole },
  act: { action: string; subject: string; authority: string },
): Promise<void> {
  await tx.execute(sql`select set_config('app.role', ${staff.role}, true)`);
  await recordAudit(tx, staff, act.action, act.subject, act.authority);
}

/**
 * Notes what staff did, within the transaction of `asStaff` that does it: both happen or neither. `subject` is an id or a
 * destination, never anything personal; `authority` is whose it is, null for what concerns the whole service (only those
 * who act for all may do such things).
 */
export async function recordAudit(
  tx: Db,
  staff: Pick<Staff, "subject">,
  action: string,
  subject: string | null,
  authority: string | null,
): Promise<void> {
  const role = sql`current_setting('app.role')`;
  await tx.insert(audit).values({ at: sql`now()`, actor: staff.subject, role, authority, action, subject });
}
