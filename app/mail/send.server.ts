import { and, asc, eq, inArray, lte, ne, sql } from "drizzle-orm";
import type { App } from "#app/context.server.ts";
import type { Db } from "#app/db.server.ts";
import { applicantLetter } from "#app/mail/applicant.server.ts";
import { digestLetter } from "#app/mail/digest.server.ts";
import { rendered, type Letter } from "#app/mail/letter.ts";
import { alertNews, applicantPurposes, digestNews, type ApplicantPurpose } from "#app/mail/news.ts";
import { alertLetter } from "#app/mail/office.server.ts";
import { MailError, openMailer, type Mailer } from "#app/mail/smtp.server.ts";
import { openContact } from "#app/store/contact.server.ts";
import { cases, mails, outbox } from "#drizzle/schema.ts";
import { leadingLanguage, type Language } from "#locales/languages.ts";

type MailRow = typeof mails.$inferSelect;

const MINUTE_MS = 60_000;
/** After this long a mail is given up. */
export const GIVE_UP_MS = 3 * 24 * 60 * MINUTE_MS;
const LONGEST_WAIT_MS = 4 * 60 * MINUTE_MS;
// Longer than one mail can take with all time-outs of the connection.
const HOLD_MS = 5 * MINUTE_MS;
const MOST_A_ROUND = 30;

/** Wait before a mail is tried again: doubles from one minute to four hours, with up to a quarter of jitter. */
export function mailBackoffMs(attempts: number, random: number): number {
  return Math.round(Math.min(MINUTE_MS * 2 ** Math.max(0, attempts - 1), LONGEST_WAIT_MS) * (1 + random / 4));
}

/** What sending needs of the service. */
export type MailApp = Pick<App, "config" | "database" | "env" | "keys" | "log" | "now">;

/**
 * Sends what waits and is due, oldest first. Safe to run anywhere at any time: a mail is claimed before it is sent. A process
 * without the delivery key cannot read the addresses of applicants and leaves their mails to those that can.
 * @returns how many were handed over
 */
export async function sendDue(app: MailApp, random: () => number = Math.random): Promise<number> {
  if (!app.env.mail) return 0;
  const mailer = openMailer(app.env.mail);
  let sent = 0;
  try {
    for (let turn = 0; turn < MOST_A_ROUND; turn += 1) {
      const row = await claimMail(app);
      if (!row) break;
      const outcome = await sendOne(app, mailer, row, random);
      if (outcome === "sent") sent += 1;
      // The others would only wait for the same server.
      if (outcome === "noServer") break;
    }
  } finally {
    mailer.close();
  }
  return sent;
}

/** Takes a due mail for a while; whoever dies with it in hand leaves it to the next. */
async function claimMail({ database: { db }, keys, now }: MailApp): Promise<MailRow | undefined> {
  const at = now();
  const audiences: MailRow["audience"][] = [
    "operator",
    "authority",
    ...(keys.delivery.privateKey ? ["applicant" as const] : []),
  ];
  const due = db
    .select({ id: mails.id })
    .from(mails)
    .where(and(eq(mails.state, "waiting"), lte(mails.nextAttemptAt, at), inArray(mails.audience, audiences)))
    .orderBy(asc(mails.nextAttemptAt))
    .limit(1)
    .for("update", { skipLocked: true });
  const [row] = await db
    .update(mails)
    .set({ attempts: sql`${mails.attempts} + 1`, nextAttemptAt: new Date(at.getTime() + HOLD_MS) })
    .where(eq(mails.id, due))
    .returning();
  return row;
}

/** Where a mail goes and what it says; `unwanted` if there is nobody to tell any more. */
type Made = { to: string; language: Language; letter: Letter } | "unwanted";

async function sendOne(
  app: MailApp,
  mailer: Mailer,
  row: MailRow,
  random: () => number,
): Promise<"sent" | "notSent" | "noServer"> {
  const { db } = app.database;
  try {
    const made = await makeMail(app, row);
    if (made === "unwanted") {
      await settle(db, row, { state: "unwanted", lastError: null });
      return "notSent";
    }
    await mailer.send({ id: row.id, to: made.to, language: made.language, ...rendered(made.letter) });
    await settle(db, row, { state: "sent", sentAt: app.now(), lastError: null });
    app.log.info({ mail: row.id, purpose: row.purpose, audience: row.audience }, "mail");
    return "sent";
  } catch (error) {
    const { code, isFinal, isServer } = error instanceof MailError ? error : new MailError(internalCode(error), false);
    const at = app.now();
    const isOver = isFinal || at.getTime() - row.createdAt.getTime() >= GIVE_UP_MS;
    const wait = isOver ? 0 : mailBackoffMs(row.attempts, random());
    const nextAttemptAt = new Date(at.getTime() + wait);
    await settle(db, row, { state: isOver ? "failed" : "waiting", lastError: code, nextAttemptAt });
    app.log.warn({ mail: row.id, purpose: row.purpose, code, attempts: row.attempts }, "mail");
    return isServer ? "noServer" : "notSent";
  }
}

const internalCode = (error: unknown) => `internal.${error instanceof Error ? error.name : "unknown"}`;

type Outcome = Partial<Pick<MailRow, "state" | "lastError" | "sentAt" | "nextAttemptAt">>;

/** Writes what came of it, if the mail is still in the same hands. */
async function settle(db: Db, { id, attempts }: MailRow, outcome: Outcome): Promise<void> {
  await db
    .update(mails)
    .set(outcome)
    .where(and(eq(mails.id, id), eq(mails.attempts, attempts)));
}

async function makeMail(app: MailApp, row: MailRow): Promise<Made> {
  return row.audience === "applicant" ? forApplicant(app, row) : forOffice(app, row, row.audience);
}

const isApplicantPurpose = (purpose: string): purpose is ApplicantPurpose =>
  applicantPurposes.some((known) => known === purpose);

/** True if somebody sent the message again before this mail could go out: what it says is not so any more. */
async function isOutdated({ database: { db } }: MailApp, { purpose, messageId }: MailRow): Promise<boolean> {
  if (purpose !== "stuck" || messageId === null) return false;
  return (await db.$count(outbox, and(eq(outbox.id, messageId), ne(outbox.state, "stuck")))) > 0;
}

async function forApplicant(app: MailApp, row: MailRow): Promise<Made> {
  const { caseId, authority, purpose } = row;
  if (caseId === null || !isApplicantPurpose(purpose)) throw new MailError("unknownPurpose", true);
  const [found] = await app.database.db.select({ contact: cases.contact }).from(cases).where(eq(cases.id, caseId));
  // The case was deleted, or the address taken back with a supplement.
  if (!found?.contact || (await isOutdated(app, row))) return "unwanted";
  const { email, language } = await openContact(app.keys, caseId, found.contact).catch((cause: unknown) => {
    throw new MailError("contactUnreadable", true, { cause });
  });
  const letter = applicantLetter(purpose, app.config.byId.get(authority ?? ""), language, settingOf(app));
  return { to: email, language, letter };
}

const settingOf = ({ env }: MailApp) => ({ publicUrl: env.publicUrl, isDemo: env.mode === "demo" });

async function forOffice(
  app: MailApp,
  { authority, purpose, data }: MailRow,
  audience: "operator" | "authority",
): Promise<Made> {
  const { operator, byId } = app.config;
  const office = byId.get(authority ?? "");
  const to =
    audience === "operator" ? (operator.alertEmail ?? operator.email) : (office?.alertEmail ?? office?.contact.email);
  if (to === undefined) throw new MailError("noAddress", true);
  const setting = { ...settingOf(app), audience, config: app.config };
  const letter =
    purpose === "digest"
      ? digestLetter(digestNews.parse(data), setting)
      : alertLetter(alertNews.parse(data), authority, setting);
  return { to, language: leadingLanguage, letter };
}
