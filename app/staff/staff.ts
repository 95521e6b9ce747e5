import type { StaffRole, StaffRules } from "#app/config/staff.ts";

/** Ids of authorities, or all that this deployment has. */
export type Authorities = "all" | readonly string[];

/** A role with the authorities that it holds for. */
export type StaffRight = { role: StaffRole; authorities: Authorities };

/** Somebody who logged in. `subject` tells people apart in the audit without naming them. */
export type Staff = { subject: string; roles: readonly StaffRight[] };

function joined(one: Authorities, other: Authorities): Authorities {
  return one === "all" || other === "all" ? "all" : [...new Set([...one, ...other])];
}

/** The rights that the values of a login give: those of every rule that matches, added up for each role. */
export function rightsOf({ rules }: StaffRules, values: readonly string[]): StaffRight[] {
  const rights = new Map<StaffRole, Authorities>();
  for (const { value, role, authorities } of rules) {
    if (values.includes(value)) rights.set(role, joined(rights.get(role) ?? [], authorities));
  }
  return [...rights].map(([role, authorities]) => ({ role, authorities }));
}

/** The right that somebody has in one of the roles, looked for in the order of `wanted`. */
export function rightIn({ roles }: Pick<Staff, "roles">, wanted: readonly StaffRole[]): StaffRight | undefined {
  const rights = wanted.flatMap((role) => roles.find((right) => right.role === role) ?? []);
  return rights[0];
}
