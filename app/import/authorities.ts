import type { Authority } from "#app/config/authority.ts";
import { settingsOf } from "#app/config/settings.ts";
import { temporaryProtection } from "#flows/services/protection/H-24.ts";

/** Authorities that take applications for temporary protection here: connected, and with the service on offer. */
export function importableAt(authorities: readonly Authority[]): readonly Authority[] {
  return authorities.filter(
    (authority) =>
      authority.transport.kind !== "none" && settingsOf(authority, "de").services.includes(temporaryProtection.id),
  );
}
