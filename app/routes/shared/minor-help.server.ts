import type { TextLink } from "#app/components/TextPage.tsx";
import type { Authority } from "#app/config/authority.ts";
import { phoneLink } from "#app/routes/shared/contact.server.ts";
import type { Page } from "#app/routes/shared/request.server.ts";

/** Numbers that are the same everywhere in Germany: authorities, children and young people, police. */
const NUMBERS = { public: "115", children: "116 111", police: "110" } as const;

/** Who helps minors from Ukraine who are here alone: the youth office of the area if the authority names it, and phones. */
export function minorHelp(page: Page, { youthOffice }: Authority) {
  const own: TextLink[] = youthOffice
    ? [
        phoneLink(page, "pages:minor.office", youthOffice.phone),
        ...(youthOffice.website ? [{ href: youthOffice.website, label: page.say("pages:minor.website") }] : []),
      ]
    : [phoneLink(page, "pages:minor.public", NUMBERS.public)];
  return {
    title: page.say("pages:minor.title"),
    office: youthOffice?.name,
    links: [
      ...own,
      phoneLink(page, "pages:minor.children", NUMBERS.children),
      phoneLink(page, "pages:minor.police", NUMBERS.police),
    ],
    relative: page.say("pages:minor.relative"),
  };
}
