import type { Operator } from "#app/config/operator.ts";
import type { TextBlock, TextSection } from "#app/components/TextPage.tsx";
import { formatDate } from "#app/i18n/format.ts";
import { isolated } from "#app/routes/shared/base.server.ts";
import { emailLink, phoneLink } from "#app/routes/shared/contact.server.ts";
import { reachable, translationNote } from "#app/routes/shared/legalText.server.ts";
import type { Page } from "#app/routes/shared/request.server.ts";

const statusKeys = { full: "statusFull", partial: "statusPartial", none: "statusNone" } as const;
const methodKeys = { self: "methodSelf", external: "methodExternal" } as const;

/** Anchor of the part where barriers are reported; the footer of every page links to it. */
export const FEEDBACK_ID = "feedback";

/** The accessibility statement of the operator (§ 12b BGG or the law of the Land; Directive (EU) 2016/2102, Art. 7). */
export function accessibilityOf(page: Page, { accessibility }: Operator): TextSection[] {
  const say = (key: string, values?: Record<string, string>) => page.say(`pages:accessibility.${key}`, values);
  const { barriers, feedbackPhone } = accessibility;
  const note = translationNote(page);
  const known: TextBlock = barriers.length > 0 ? { kind: "germanPoints", points: barriers } : say("barriersNone");
  return [
    {
      paragraphs: [...(note ? [note] : []), say("basis", { legalBasis: isolated(accessibility.legalBasis, page) })],
    },
    { heading: say("statusTitle"), paragraphs: [say(statusKeys[accessibility.status])] },
    { heading: say("barriersTitle"), paragraphs: [known] },
    {
      heading: say("methodTitle"),
      paragraphs: [
        say(methodKeys[accessibility.assessedBy], { date: formatDate(accessibility.assessedOn, page.language) }),
      ],
    },
    {
      id: FEEDBACK_ID,
      heading: say("feedbackTitle"),
      paragraphs: [
        say("feedback"),
        {
          kind: "links",
          links: [
            emailLink(page, "pages:accessibility.feedbackEmail", accessibility.feedbackEmail),
            ...(feedbackPhone ? [phoneLink(page, "pages:accessibility.feedbackPhone", feedbackPhone)] : []),
          ],
        },
        say("feedbackAlternative"),
      ],
    },
    {
      heading: say("enforcementTitle"),
      paragraphs: [say("enforcement"), ...reachable(accessibility.enforcementBody), say("enforcementCost")],
    },
  ];
}
