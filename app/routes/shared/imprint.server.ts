import type { Operator } from "#app/config/operator.ts";
import type { TextBlock, TextSection } from "#app/components/TextPage.tsx";
import { isolated } from "#app/routes/shared/base.server.ts";
import { addressLines, emailLink, phoneLink } from "#app/routes/shared/contact.server.ts";
import type { Page } from "#app/routes/shared/request.server.ts";

/** The imprint of the operator (§ 5 DDG, § 18 Abs. 2 MStV). */
export function imprintOf(page: Page, operator: Operator): TextSection[] {
  const { imprint } = operator;
  const say = (key: string, values?: Record<string, string>) => page.say(`pages:imprint.${key}`, values);
  const optional = (key: string, name: string, value: string | undefined): TextBlock[] =>
    value === undefined ? [] : [say(key, { [name]: isolated(value, page) })];
  return [
    {
      heading: say("operator"),
      paragraphs: [
        { kind: "address", lines: addressLines(operator.name, operator.address) },
        ...optional("representedBy", "name", imprint.representedBy),
        ...optional("legalForm", "legalForm", imprint.legalForm),
        ...optional("register", "entry", imprint.registerEntry),
        ...optional("vatId", "id", imprint.vatId),
      ],
    },
    {
      heading: say("contact"),
      paragraphs: [
        {
          kind: "links",
          links: [
            phoneLink(page, "pages:imprint.phone", operator.phone),
            emailLink(page, "pages:imprint.email", operator.email),
          ],
        },
        ...optional("responsible", "name", imprint.responsibleForContent),
      ],
    },
    { heading: say("authority"), paragraphs: [say("authorityText")] },
    { heading: say("source"), paragraphs: [say("sourceText")] },
  ];
}
