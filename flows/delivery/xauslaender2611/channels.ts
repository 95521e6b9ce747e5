import type { Notes } from "#flows/delivery/xauslaender2611/notes.ts";
import type { Elements } from "#flows/delivery/xoev/content.ts";

// Codes of the list "erreichbarkeit", version 3.
const EMAIL = "01";
const LANDLINE = "02";
const MOBILE = "03";

/** German mobile numbers begin with 15, 16 or 17; of other countries nobody can tell, and phones are mostly mobile ones. */
const isLandline = (phone: string): boolean => /^(\+49|0049|0)[\s/()-]*(?!1[567])[1-9]/.test(phone);

/** The ways to reach somebody, in this order: e-mail, phone. */
export function channels(
  notes: Notes,
  { email, phone }: { email?: string | undefined; phone?: string | undefined },
): readonly Elements[] {
  return [
    ...(email === undefined ? [] : [{ kanal: EMAIL, kennung: notes.plain("kommunikation", email) }]),
    ...(phone === undefined
      ? []
      : [{ kanal: isLandline(phone) ? LANDLINE : MOBILE, kennung: notes.plain("kommunikation", phone) }]),
  ];
}
