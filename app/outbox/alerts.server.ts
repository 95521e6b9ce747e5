import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Db } from "#app/db.server.ts";
import { queueAlert, tellApplicant, type Office } from "#app/mail/queue.server.ts";
import { levels, type Finding } from "#app/outbox/watchdog.ts";
import { alerts, outbox } from "#drizzle/schema.ts";

type OpenAlert = typeof alerts.$inferSelect;

// Parameters of one statement are limited.
const ROWS_A_STATEMENT = 1_000;

/** What the levels of an alert are kept as: the first of its codes. */
const codesOf = ({ level, codes }: Finding) => [...(level === undefined ? [] : [level]), ...codes];
const rankOf = (codes: readonly string[]) => levels.findIndex((level) => level === codes[0]);
const nameOf = ({ kind, subject }: Pick<Finding, "kind" | "subject">) => `${kind} ${subject}`;

/** A finding that is new, or has come further, with the alert that it is now. */
type News = { finding: Finding; alertId: number };

/**
 * Brings the open alerts in line with what was found: new ones are raised, others kept, gone ones cleared. Whoever has to be
 * told is told inside the same transaction, so once. `isOurs` says which open alerts these findings would have confirmed.
 */
export async function reconcile(
  tx: Db,
  findings: readonly Finding[],
  isOurs: (alert: OpenAlert) => boolean,
  now: Date,
): Promise<void> {
  const open = (await tx.select().from(alerts).where(isNull(alerts.clearedAt))).filter(isOurs);
  const known = new Map(open.map((alert) => [nameOf(alert), alert]));
  const found = new Set(findings.map(nameOf));
  const gone = open.filter((alert) => !found.has(nameOf(alert))).map(({ id }) => id);
  for (const ids of chunks(gone)) await tx.update(alerts).set({ clearedAt: now }).where(inArray(alerts.id, ids));
  const news = [
    ...(await raise(
      tx,
      findings.filter((finding) => !known.has(nameOf(finding))),
      now,
    )),
    ...(await keep(tx, findings, known)),
  ];
  await tellOffices(tx, news, now);
  await tellApplicants(tx, news, now);
}

async function raise(tx: Db, findings: readonly Finding[], now: Date): Promise<News[]> {
  const news: News[] = [];
  for (const part of chunks(findings)) {
    const rows = part.map((finding) => {
      const { kind, subject, authority } = finding;
      return { kind, subject, authority, codes: codesOf(finding), raisedAt: now };
    });
    const raised = await tx.insert(alerts).values(rows).onConflictDoNothing().returning();
    const ids = new Map(raised.map((alert) => [nameOf(alert), alert.id]));
    for (const finding of part) {
      const alertId = ids.get(nameOf(finding));
      if (alertId !== undefined) news.push({ finding, alertId });
    }
  }
  return news;
}

/** Writes what changed about findings that are known; one that has come further is news. */
async function keep(tx: Db, findings: readonly Finding[], known: ReadonlyMap<string, OpenAlert>): Promise<News[]> {
  const news: News[] = [];
  for (const finding of findings) {
    const alert = known.get(nameOf(finding));
    const codes = codesOf(finding);
    if (!alert || JSON.stringify(alert.codes) === JSON.stringify(codes)) continue;
    await tx.update(alerts).set({ codes }).where(eq(alerts.id, alert.id));
    if (rankOf(codes) > rankOf(alert.codes)) news.push({ finding, alertId: alert.id });
  }
  return news;
}

/** One mail for all news of a kind, level and authority that came together. */
async function tellOffices(tx: Db, news: readonly News[], now: Date): Promise<void> {
  for (const audience of ["operator", "authority"] as const) {
    const groups = new Map<string, News[]>();
    for (const entry of news) {
      const { kind, level, authority, tell } = entry.finding;
      if (!tell.includes(audience) || (audience === "authority" && authority === null)) continue;
      const key = [kind, level, authority].join(" ");
      groups.set(key, [...(groups.get(key) ?? []), entry]);
    }
    for (const group of groups.values()) await tellOffice(tx, audience, group, now);
  }
}

async function tellOffice(tx: Db, audience: Office["audience"], group: readonly News[], now: Date): Promise<void> {
  const [first] = group;
  if (!first) return;
  const { kind, level, authority } = first.finding;
  const since = group.map(({ finding }) => finding.since.toISOString()).toSorted()[0] ?? now.toISOString();
  await queueAlert(
    tx,
    { audience, authority },
    {
      kind,
      ...(level === undefined ? {} : { level }),
      count: group.length,
      subjects: group.map(({ finding }) => finding.subject),
      codes: [...new Set(group.flatMap(({ finding }) => finding.codes))].slice(0, 10),
      since,
    },
    `${first.alertId}:${level ?? ""}`,
    now,
  );
}

/** Usually told with the event already; whatever gave a message up, its applicant is told. */
async function tellApplicants(tx: Db, news: readonly News[], now: Date): Promise<void> {
  const ids = news.filter(({ finding }) => finding.tell.includes("applicant")).map(({ finding }) => finding.subject);
  for (const part of chunks(ids)) {
    const rows = await tx
      .select({ messageId: outbox.id, caseId: outbox.caseId, authority: outbox.authority })
      .from(outbox)
      .where(and(inArray(outbox.id, part), eq(outbox.state, "stuck")));
    for (const row of rows) await tellApplicant(tx, { ...row, purpose: "stuck", at: now });
  }
}

function chunks<T>(all: readonly T[]): T[][] {
  const count = Math.ceil(all.length / ROWS_A_STATEMENT);
  return Array.from({ length: count }, (_, index) =>
    all.slice(index * ROWS_A_STATEMENT, (index + 1) * ROWS_A_STATEMENT),
  );
}
