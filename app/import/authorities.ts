import type { Authority } from "#app/config/authority.ts";
import { takesOnline } from "#app/config/services.ts";

/** Authorities that take applications for temporary protection here (§ 24 AufenthG). */
export function importableAt(authorities: readonly Authority[]): readonly Authority[] {
  return authorities.filter((authority) => takesOnline(authority, "H-24"));
}
