import type { Operator } from "#app/config/operator.ts";
import { INVITATION_DAYS } from "#app/store/invitations.server.ts";
import { TICKET_MINUTES } from "#app/store/tickets.server.ts";

/** How long data stay (architecture 9), as rows of the privacy notice; the periods are the operator's. */
export function retentionRows(
  say: (key: string, values?: Record<string, unknown>) => string,
  { retention }: Operator,
): [string, string][] {
  const row = (name: string, values: Record<string, number> = {}): [string, string] => [
    say(`storage.${name}`),
    say(`storage.${name}Time`, values),
  ];
  return [
    row("draft", { days: retention.draftDays }),
    row("invitation", { days: INVITATION_DAYS }),
    row("sending"),
    row("copy", { days: retention.applicantCopyDays, maximum: retention.applicantCopyMaximumDays }),
    row("contact", { maximum: retention.applicantCopyMaximumDays }),
    row("checks", { maximum: retention.applicantCopyMaximumDays }),
    row("marks", { days: retention.indexDays }),
    row("tickets", { minutes: TICKET_MINUTES }),
    row("helped", { months: retention.auditMonths }),
    row("families", { months: retention.auditMonths }),
    row("events", { months: retention.eventMonths }),
    row("logs", { days: retention.logDays }),
  ];
}
