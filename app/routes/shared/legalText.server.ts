import type { TextBlock } from "#app/components/TextPage.tsx";
import type { Body, Officer } from "#app/config/parts.ts";
import { addressLines } from "#app/routes/shared/contact.server.ts";
import type { Page } from "#app/routes/shared/request.server.ts";
import { leadingLanguage } from "#locales/languages.ts";

/** Above a translated legal text: that the German one holds. Nothing on a German page. */
export function translationNote(page: Page): string | undefined {
  return page.language === leadingLanguage ? undefined : page.say("pages:frame.translationNote");
}

/** Name, address and ways to reach an office or body. */
export function reachable(body: Partial<Body> & Officer): TextBlock[] {
  const { name, address, website, email, phone } = body;
  const links = [
    ...(phone ? [{ href: `tel:${phone.replaceAll(" ", "")}`, label: phone }] : []),
    ...(email ? [{ href: `mailto:${email}`, label: email }] : []),
    ...(website ? [{ href: website, label: website.replace(/^https:\/\//, "") }] : []),
  ];
  const lines = address ? addressLines(name, address) : [name];
  return [{ kind: "address", lines }, ...(links.length > 0 ? [{ kind: "links" as const, links }] : [])];
}
