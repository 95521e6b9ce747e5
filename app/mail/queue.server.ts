import { randomUUID } from "node:crypto";
import { and, desc, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "#app/db.server.ts";
import { alertNews, type AlertNews, type ApplicantPurpose, type DigestNews } from "#app/mail/news.ts";
import { cases, mails } from "#drizzle/schema.ts";

const HOUR_MS = 3_600_000;

/** Ids that a mail names; whoever needs more looks at the operator's page. */
const MOST_SUBJECTS = 20;

/** Whom a mail of operation goes to; `authority` says which one, or whose finding the operator is told. */
export type Office = { audience: "operator" | "authority"; authority: string | null };

type NewMail = {
  /** The same news has the same key and goes out once. */
  onceKey: string;
  at: Date;
  /** Not before then; at once if absent. */
  notBefore?: Date;
  caseId?: string;
  messageId?: string | undefined;
} & (
  | { purpose: ApplicantPurpose; audience: "applicant"; authority: string }
  | (Office & { purpose: "alert"; data: AlertNews })
  | (Office & { purpose: "digest"; data: DigestNews })
);

/** Queues a mail inside the caller's transaction: it goes out exactly if what it tells has happened, and once. */
export async function queueMail(tx: Db, mail: NewMail): Promise<void> {
  const { at, notBefore, caseId, messageId, purpose, audience, authority, onceKey } = mail;
  await tx
    .insert(mails)
    .values({
      id: randomUUID(),
      purpose,
      audience,
      authority,
      caseId: caseId ?? null,
      messageId: messageId ?? null,
      data: "data" in mail ? mail.data : {},
      onceKey,
      state: "waiting",
      nextAttemptAt: notBefore ?? at,
      createdAt: at,
    })
    // One that did not go out because it was not so any more goes out if it is so again.
    .onConflictDoUpdate({
      target: mails.onceKey,
      set: { state: "waiting", attempts: 0, lastError: null, nextAttemptAt: notBefore ?? at, createdAt: at },
      setWhere: eq(mails.state, "unwanted"),
    });
}

/** What became of a message that its applicant is told. */
export type Told = {
  caseId: string;
  authority: string;
  messageId: string;
  purpose: ApplicantPurpose;
  /** The authority's message, if it wrote one: each is news. */
  letter?: string;
  at: Date;
};

/** Tells the applicant of a message, if an address was given; the same news about the same message once. */
export async function tellApplicant(tx: Db, told: Told): Promise<void> {
  const [found] = await tx.select({ contact: cases.contact }).from(cases).where(eq(cases.id, told.caseId));
  if (!found?.contact) return;
  const { letter, ...news } = told;
  const onceKey = ["applicant", told.purpose, told.messageId, ...(letter === undefined ? [] : [letter])].join(":");
  await queueMail(tx, { ...news, audience: "applicant", onceKey });
}

/**
 * Tells an office about new findings of one kind. The first goes out at once; what follows within the hour waits and becomes
 * one mail, so that a thousand stuck messages are not a thousand mails.
 */
export async function queueAlert(tx: Db, office: Office, news: AlertNews, key: string, at: Date): Promise<void> {
  const last = await lastAlert(tx, office, news);
  if (last?.isWaiting) {
    // One that went and came again while the mail waited is still one.
    const fresh = news.subjects.filter((subject) => !last.data.subjects.includes(subject));
    const count = last.data.count + news.count - (news.subjects.length - fresh.length);
    const subjects = [...last.data.subjects, ...fresh].slice(0, MOST_SUBJECTS);
    const codes = [...new Set([...last.data.codes, ...news.codes])];
    const since = last.data.since < news.since ? last.data.since : news.since;
    const data: AlertNews = { ...news, count, subjects, codes, since };
    await tx.update(mails).set({ data }).where(eq(mails.id, last.id));
    return;
  }
  const [only] = news.subjects;
  await queueMail(tx, {
    ...office,
    purpose: "alert",
    data: { ...news, subjects: news.subjects.slice(0, MOST_SUBJECTS) },
    onceKey: `alert:${office.audience}:${office.authority ?? ""}:${key}`,
    at,
    messageId: only !== undefined && UUID.test(only) ? only : undefined,
    ...(last && at.getTime() - last.at.getTime() < HOUR_MS ? { notBefore: new Date(last.at.getTime() + HOUR_MS) } : {}),
  });
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

async function lastAlert(tx: Db, { audience, authority }: Office, { kind, level }: AlertNews) {
  const [row] = await tx
    .select()
    .from(mails)
    .where(
      and(
        // Has an index, and mails to applicants, which are nearly all, have a case.
        isNull(mails.caseId),
        eq(mails.purpose, "alert"),
        eq(mails.audience, audience),
        authority === null ? isNull(mails.authority) : eq(mails.authority, authority),
        sql`${mails.data}->>'kind' = ${kind}`,
        sql`coalesce(${mails.data}->>'level', '') = ${level ?? ""}`,
      ),
    )
    .orderBy(desc(mails.nextAttemptAt))
    .limit(1)
    .for("update");
  if (!row) return undefined;
  const isWaiting = row.state === "waiting" && row.attempts === 0;
  return { id: row.id, at: row.sentAt ?? row.nextAttemptAt, isWaiting, data: alertNews.parse(row.data) };
}
