import { and, eq, gte, or } from "drizzle-orm";
import type { Db } from "#app/db.server.ts";
import { mails } from "#drizzle/schema.ts";

const DAY_MS = 86_400_000;

/** As many failed attempts make a mail a sign of a server that does not take mails. */
export const FAILING_ATTEMPTS = 4;

/** Mails that were given up within a day, or that wait although they were tried again and again. */
export function failingMails(now: Date) {
  return or(
    and(eq(mails.state, "failed"), gte(mails.nextAttemptAt, new Date(now.getTime() - DAY_MS))),
    and(eq(mails.state, "waiting"), gte(mails.attempts, FAILING_ATTEMPTS)),
  );
}

/** How mail is, for `/health`: degraded without a server, or while mails do not get out. */
export async function mailState(db: Db, isConfigured: boolean, now: Date): Promise<"ok" | "degraded"> {
  if (!isConfigured) return "degraded";
  const [failing] = await db.select({ id: mails.id }).from(mails).where(failingMails(now)).limit(1);
  return failing ? "degraded" : "ok";
}
