import { berlinDate, formatDate, formatTime } from "#app/i18n/format.ts";
import type { Page } from "#app/routes/shared/request.server.ts";
import type { Case } from "#app/store/cases.server.ts";
import { receiptHash } from "#app/store/receipt.server.ts";
import type { Payload } from "#flows/delivery/payload.ts";

/** What was handed in after the application: when, which documents, and the beginning of the checksum of what was sent. */
export function supplementLines(page: Page, { copy }: Case): { label: string; value: string[] }[] {
  return copy.messages
    .filter(({ kind }) => kind === "supplement")
    .map(({ filedAt, payload }) => {
      const at = new Date(filedAt);
      const values = { date: formatDate(berlinDate(at), page.language), time: formatTime(at) };
      const { evidence } = JSON.parse(payload) as Payload;
      const titles = evidence.filter(({ files }) => files.length > 0).map(({ title }) => title);
      const hash = receiptHash(Buffer.from(payload)).slice(0, 24);
      return {
        label: page.say("pages:status.at", values),
        value: [page.say("pages:supplement.answers"), ...titles, hash],
      };
    });
}
