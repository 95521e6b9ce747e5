import type { PostalAddress } from "#app/config/parts.ts";
import type { TextLink } from "#app/components/TextPage.tsx";
import { isolated } from "#app/routes/shared/base.server.ts";
import type { Page } from "#app/routes/shared/request.server.ts";

/** A phone number inside a sentence: it never breaks and stays in order in a text from right to left. */
export function phoneText(page: Page, phone: string): string {
  return isolated(phone.replaceAll(" ", "\u00a0"), page);
}

/** A phone number to tap, said with the words of `key`. */
export function phoneLink(page: Page, key: string, phone: string): TextLink {
  return { href: `tel:${phone.replaceAll(" ", "")}`, label: page.say(key, { phone: phoneText(page, phone) }) };
}

/** A mail address to tap, said with the words of `key`. */
export function emailLink(page: Page, key: string, email: string): TextLink {
  return { href: `mailto:${email}`, label: page.say(key, { email: isolated(email, page) }) };
}

/** An address as it stands on an envelope. */
export function addressLines(name: string, { street, postalCode, city }: PostalAddress): string[] {
  return [name, street, `${postalCode} ${city}`];
}
