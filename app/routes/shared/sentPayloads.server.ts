import { berlinDate, formatDate, formatTime } from "#app/i18n/format.ts";
import type { Page } from "#app/routes/shared/request.server.ts";
import type { ApplicantCopy, Case } from "#app/store/cases.server.ts";

/** A message of a case as its holder may read it again. */
type Sent = Omit<ApplicantCopy["messages"][number], "id">;

/** What was sent of a case, oldest first; a copy of an earlier version holds the application alone. */
function sentOf({ copy, filedAt }: Case): readonly Sent[] {
  if (copy.messages.length > 0) return copy.messages;
  return [{ kind: "application", filedAt: filedAt.toISOString(), payload: copy.payload }];
}

/** The message of a number, which counts from 1, oldest first; the last one without a number that fits. */
export function sentAt(found: Case, number: string | null): Sent | undefined {
  const all = sentOf(found);
  return all[Number(number ?? 0) - 1] ?? all.at(-1);
}

/** Links to the PDFs of what was sent before the last message, oldest first. */
export function earlierPdfs(page: Page, found: Case, pdfHref: string): { href: string; title: string }[] {
  return sentOf(found)
    .slice(0, -1)
    .map(({ filedAt }, index) => {
      const at = new Date(filedAt);
      const values = { date: formatDate(berlinDate(at), page.language), time: formatTime(at) };
      return { href: `${pdfHref}?message=${index + 1}`, title: page.say("pages:application.earlierPdf", values) };
    });
}
