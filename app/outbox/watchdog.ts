import type { SelfTest } from "#app/connector/transport.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Who is told of a finding. */
export type Audience = "operator" | "authority" | "applicant";

/** Something that somebody should look at. */
export type Finding = {
  /** Stable word; of a self-test beyond the known ones `selfTest:` and its finding. */
  kind: string;
  /** Message id, destination, or a name. */
  subject: string;
  /** Whose; null for the operator's own. */
  authority: string | null;
  /** How far it has come; reaching a further one is told again. */
  level?: Level;
  /** Codes of what was found; nothing personal. */
  codes: readonly string[];
  since: Date;
  tell: readonly Audience[];
};

/** Levels in the order in which findings reach them. */
export const levels = ["hour1", "hour4", "day1", "day3", "day10", "days30", "days7", "expired"] as const;
export type Level = (typeof levels)[number];

/** A message as the watchdog sees it. */
export type WatchedMessage = {
  id: string;
  authority: string;
  state: string;
  lastError: string | null;
  createdAt: Date;
  /** When it was queued last: sending it again sets it anew. */
  queuedAt: Date;
  urgentFrom: Date | null;
  /** When it was handed to the receiver's service; null before. */
  sentAt: Date | null;
};

const later = (one: Date, other: Date | null) => (other !== null && other > one ? other : one);
const age = (since: Date, now: Date) => now.getTime() - since.getTime();

/**
 * A message that the authority's software has not fetched: after 1, 3 and 10 days. FIT-Connect rejects it by itself on the
 * 14th day.
 */
export function notPickedUp({ id, authority, queuedAt, sentAt }: WatchedMessage, now: Date): Finding[] {
  if (sentAt === null) return [];
  // Sent again, it has as much time as before.
  const since = later(sentAt, queuedAt);
  const days = age(since, now) / DAY;
  const level = days >= 10 ? "day10" : days >= 3 ? "day3" : days >= 1 ? "day1" : undefined;
  if (!level) return [];
  const tell: Audience[] = level === "day1" ? ["operator"] : ["operator", "authority"];
  return [{ kind: "notPickedUp", subject: id, authority, level, codes: [], since, tell }];
}

/**
 * A message on which the effect of § 81 AufenthG may hang, and which is not with the receiver: after 1 and 4 hours. Sending it
 * again gives no new time: for the person it is as late as before.
 */
export function urgentUndelivered(message: WatchedMessage, now: Date): Finding[] {
  const { id, authority, createdAt, urgentFrom, lastError } = message;
  if (urgentFrom === null) return [];
  const since = later(createdAt, urgentFrom);
  const hours = age(since, now) / HOUR;
  const level = hours >= 4 ? "hour4" : hours >= 1 ? "hour1" : undefined;
  if (!level) return [];
  const tell: Audience[] = level === "hour1" ? ["operator"] : ["operator", "authority"];
  const codes = lastError === null ? [] : [lastError];
  return [{ kind: "urgentUndelivered", subject: id, authority, level, codes, since, tell }];
}

/** True if the applicant should use another way as well: the message was given up, or is urgent for an hour and not out. */
export function isHeldUp(
  { state, createdAt, urgentFrom }: Pick<WatchedMessage, "state" | "createdAt" | "urgentFrom">,
  now: Date,
): boolean {
  return state === "stuck" || (urgentFrom !== null && age(later(createdAt, urgentFrom), now) >= HOUR);
}

/** A message that was given up: all three are told at once. */
export function stuck({ id, authority, lastError, queuedAt }: WatchedMessage): Finding[] {
  const codes = lastError === null ? [] : [lastError];
  const tell: Audience[] = ["operator", "authority", "applicant"];
  return [{ kind: "stuck", subject: id, authority, codes, since: queuedAt, tell }];
}

/** A message that somebody paused and that has waited for more than a day: nothing else would ever move it. */
export function pausedMessage({ id, authority, queuedAt }: WatchedMessage, now: Date): Finding[] {
  if (age(queuedAt, now) <= DAY) return [];
  return [{ kind: "pausedWaiting", subject: id, authority, codes: [], since: queuedAt, tell: ["operator"] }];
}

/** Failures that may be an attack and that nobody may overlook. */
export const alarming = ["invalidStatement", "tagMismatch"] as const;

/** A message whose last failure is alarming. */
export function alarm({ id, authority, lastError, queuedAt }: WatchedMessage): Finding[] {
  const kind = alarming.find((code) => code === lastError);
  return kind ? [{ kind, subject: id, authority, codes: [], since: queuedAt, tell: ["operator"] }] : [];
}

/** A receiver as the watchdog sees it. */
export type WatchedReceiver = {
  id: string;
  authority: string;
  openedAt: Date | null;
  pausedAt: Date | null;
  lastError: string | null;
  /** Since when the oldest message waits for it. */
  waitingSince: Date | null;
  /** Messages are on their way to it or wait for its answer. */
  isNeeded: boolean;
};

/**
 * A circuit that stays open for more than 30 minutes, and a receiver that was paused and forgotten. Without a message nobody
 * tries a receiver, so that its circuit says nothing any more, and nobody misses it.
 */
export function receiverFindings(receiver: WatchedReceiver, now: Date): Finding[] {
  const { id, authority, openedAt, pausedAt, lastError, waitingSince, isNeeded } = receiver;
  const codes = lastError === null ? [] : [lastError];
  const common = { subject: id, authority, tell: ["operator"] as const };
  const isForgotten = pausedAt !== null && waitingSince !== null && age(waitingSince, now) > DAY;
  return [
    ...(openedAt !== null && isNeeded && age(openedAt, now) > 30 * MINUTE
      ? [{ ...common, kind: "circuitOpen", codes, since: openedAt }]
      : []),
    ...(isForgotten ? [{ ...common, kind: "pausedWaiting", codes: [], since: pausedAt }] : []),
  ];
}

/** What the service knows of its own parts. */
export type OwnState = {
  /** When any worker was seen last; undefined if there is none. */
  workerSeenAt: Date | undefined;
  /** Since when the oldest message has been due. */
  dueSince: Date | undefined;
  /** Codes of mails that do not get out. */
  mailErrors: readonly string[];
  /** Data that should have been deleted more than a day ago, by table. */
  late: readonly string[];
};

/** Workers that are silent for five minutes, mails that do not get out, deletion that lags behind. */
export function ownFindings({ workerSeenAt, dueSince, mailErrors, late }: OwnState, now: Date): Finding[] {
  const common = { authority: null, tell: ["operator"] as const };
  // A worker that ended in order is not missed before something waits for one.
  const silentSince = workerSeenAt ?? dueSince;
  const isSilent = silentSince !== undefined && age(silentSince, now) > 5 * MINUTE;
  return [
    ...(isSilent ? [{ ...common, kind: "workerSilent", subject: "worker", codes: [], since: silentSince }] : []),
    ...(mailErrors.length > 0
      ? [{ ...common, kind: "mailsFailing", subject: "mail", codes: mailErrors, since: now }]
      : []),
    ...late.map((table) => ({ ...common, kind: "retentionLate", subject: table, codes: [], since: now })),
  ];
}

/** Messages of one authority that were not taken. */
export type WatchedRefusals = { authority: string; codes: readonly string[]; since: Date };

/**
 * An authority wrote something that could not be taken: its applicant does not learn it unless somebody sees to it. The finding
 * ends by itself some days after the last one.
 */
export function refusedIncoming({ authority, codes, since }: WatchedRefusals): Finding {
  return { kind: "incomingRefused", subject: authority, authority, codes, since, tell: ["operator", "authority"] };
}

/** What the self-test of one receiver said. */
export type Checked = { destination: string; authority: string; result: SelfTest };

/** Failures of a moment: the circuit tells them if they last, and they say nothing about the receiver's settings. */
const passing = /:(unreachable|timeout|rateLimited|unexpectedAnswer)$/;

/** True if a self-test got as far as to say something; otherwise what is known stays as it is. */
export function isConclusive({ result }: Checked): boolean {
  return !result.findings.some((finding) => passing.test(finding));
}

/** Findings of a self-test: keys that end within 30 or 7 days, and everything else that it found. */
export function selfTestFindings({ destination, authority, result }: Checked, now: Date): Finding[] {
  const common = { subject: destination, authority, since: now, tell: ["operator", "authority"] as const };
  const found = result.findings
    .filter((finding) => !passing.test(finding))
    .map((finding): Finding => {
      const word = finding.split(":").at(-1) ?? "";
      const isKnown = word === "destinationInactive" || word === "schemaNotOffered";
      if (isKnown) return { ...common, kind: word, codes: [finding] };
      return { ...common, kind: `selfTest:${finding}`, codes: [finding], tell: ["operator"] };
    });
  // Two keys with the same fault are one finding.
  const distinct = new Map(found.map((finding) => [finding.kind, finding]));
  return [...expiry(result, common, now), ...distinct.values()];
}

function expiry(
  { expiresAt }: SelfTest,
  common: Pick<Finding, "subject" | "authority" | "since" | "tell">,
  now: Date,
): Finding[] {
  if (expiresAt === undefined) return [];
  const days = (Date.parse(expiresAt) - now.getTime()) / DAY;
  const level = days <= 0 ? "expired" : days <= 7 ? "days7" : days <= 30 ? "days30" : undefined;
  return level ? [{ ...common, kind: "keyExpires", level, codes: [expiresAt.slice(0, 10)] }] : [];
}
