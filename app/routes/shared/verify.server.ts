import type { RequestContext } from "#app/http.server.ts";
import { berlinDate, formatDate, formatTime } from "#app/i18n/format.ts";
import { isolated } from "#app/routes/shared/base.server.ts";
import type { Page } from "#app/routes/shared/request.server.ts";
import { readReceipt } from "#app/store/receipt.server.ts";

/** What a check of a receipt says: valid or not, and for a valid one when, for which authority and which case. */
export type VerifyResult = { tone: "success" | "danger"; title: string; texts: string[] };

/** The signed text in what was typed, pasted or scanned: alone, broken over lines, or behind the `#` of the address. */
export function receiptTextIn(typed: string): string {
  return typed.slice(typed.lastIndexOf("#") + 1).replace(/\s/g, "");
}

/** Checks a receipt against the published keys. It says nothing beyond what the receipt itself states. */
export async function verifyReceipt({ app }: RequestContext, page: Page, text: string): Promise<VerifyResult> {
  const say = (key: string, values?: Record<string, string>) => page.say(`pages:verify.${key}`, values);
  const claims = await readReceipt(app.keys.receiptJwks, text);
  if (!claims) return { tone: "danger", title: say("invalid"), texts: [say("invalidText")] };
  const filedAt = new Date(claims.filedAt);
  const authority = app.config.authorities.find(({ ars }) => ars === claims.authority)?.name ?? claims.authority;
  return {
    tone: "success",
    title: say("valid"),
    texts: [
      say("validText", {
        date: formatDate(berlinDate(filedAt), page.language),
        time: formatTime(filedAt),
        authority: isolated(authority, page),
      }),
      say("reference", { reference: isolated(claims.reference, page) }),
      say("meaning"),
    ],
  };
}
