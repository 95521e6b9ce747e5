import { join } from "node:path";
import { lockHolder, SERVICE_LOCK, takeLock } from "#app/cli/lock.mjs";
import { dataDirOf } from "#app/cli/paths.mjs";
import { berlinDate, formatTime } from "#app/i18n/format.ts";
import { messagesOfReference, traceOf, type Trace } from "#app/outbox/deskMessages.server.ts";
import { readDatabase } from "#app/readDatabase.server.ts";
import { parseReference } from "#app/store/access-code.ts";

const USAGE = `npm run --silent trace -- REFERENCE
Prints the way of a case for the hotline: stages, times and codes, nothing personal. docs/operation.md explains the codes.
Reads the database of DATABASE_URL, without it the embedded one below DATA_DIR, for which the service must be stopped.
Exit 0 found, 1 no such case, 2 not asked rightly or no database.`;

const when = (at: Date) => `${berlinDate(at)} ${formatTime(at, true)}`;
const listed = (codes: readonly string[]) => (codes.length === 0 ? "" : ` ${codes.join(", ")}`);

type Line = { at: Date; text: string };

/** What happened to a message, oldest first. */
function happened({ events, attempts, alerts, mails }: Trace): Line[] {
  const lines: Line[] = [
    ...events.map(({ at, kind, codes }) => ({ at, text: `event    ${kind}${listed(codes)}` })),
    ...attempts.map(({ at, code, stage, tookMs }) => ({
      at,
      text: `attempt  ${code ?? "ok"}, stage ${stage ?? "none"}, ${tookMs} ms`,
    })),
    ...alerts.map(({ raisedAt, clearedAt, kind, codes }) => ({
      at: raisedAt,
      text: `alert    ${kind}${listed(codes)}, ${clearedAt ? `cleared ${when(clearedAt)}` : "open"}`,
    })),
    ...mails.map(({ createdAt, sentAt, purpose, audience, state, lastError }) => ({
      at: sentAt ?? createdAt,
      text: `mail     ${purpose} to the ${audience}, ${state}${lastError ? ` ${lastError}` : ""}`,
    })),
  ];
  return lines.toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

function circuitText({ message, circuit }: Trace): string {
  if (!circuit || (!circuit.openedAt && !circuit.pausedAt)) return `${message.destination}, circuit closed`;
  const { openedAt, pausedAt, probeAt, failures, lastError } = circuit;
  const open = openedAt
    ? `circuit open since ${when(openedAt)}, ${failures} failures, last ${lastError ?? "none"}`
    : "";
  const probe = openedAt && probeAt ? `next probe ${when(probeAt)}` : "";
  const paused = pausedAt ? `paused since ${when(pausedAt)}` : "";
  return [message.destination, paused, open, probe].filter(Boolean).join(", ");
}

/** The way of one message in lines. */
export function messageLines(trace: Trace): string[] {
  const { id, kind, state, stage, attempts, lastError, nextAttemptAt, queuedAt, urgentFrom } = trace.message;
  const isOpen = ["waiting", "sending", "sent"].includes(state);
  return [
    `${kind} ${id}`,
    `  state        ${state}, stage ${stage ?? "none"}, failed attempts ${attempts}, last code ${lastError ?? "none"}`,
    `  next         ${isOpen ? when(nextAttemptAt) : "none"}`,
    `  queued       ${when(queuedAt)}${urgentFrom ? `, urgent from ${when(urgentFrom)}` : ""}`,
    `  destination  ${circuitText(trace)}`,
    ...happened(trace).map(({ at, text }) => `  ${when(at)}  ${text}`),
  ];
}

/** A case with all its messages in lines. Times are those of Berlin. */
export function caseLines(traces: readonly Trace[]): string[] {
  const [first] = traces;
  if (!first) return [];
  const { reference, authority, service, filedAt, createdAt } = first.message;
  return [
    `reference  ${reference ?? "none"}`,
    `authority  ${authority}`,
    `service    ${service ?? "none"}`,
    `filed      ${when(filedAt ?? createdAt)}`,
    ...traces.flatMap((trace) => ["", ...messageLines(trace)]),
  ];
}

async function tracesOf(reference: string): Promise<Trace[] | undefined> {
  const place = { databaseUrl: process.env["DATABASE_URL"] || undefined, dataDir: dataDirOf(process.env) };
  return readDatabase(place, async (tx) => {
    const traces: Trace[] = [];
    for (const id of await messagesOfReference(tx, reference)) {
      const trace = await traceOf(tx, id);
      if (trace) traces.push(trace);
    }
    return traces;
  });
}

function complain(text: string): 2 {
  process.stderr.write(`${text}\n`);
  return 2;
}

async function main([typed, ...rest]: readonly string[]): Promise<number> {
  const reference = typed === undefined ? undefined : parseReference([typed, ...rest].join(""));
  if (typed === undefined || typed.startsWith("-")) return complain(USAGE);
  if (reference === undefined)
    return complain(
      "This is no reference: it has 12 characters like ABCD-EFGH-JKMN, and one of them is missing or mistyped.",
    );
  if (!process.env["DATABASE_URL"]) {
    const file = join(dataDirOf(process.env), SERVICE_LOCK);
    const holder = lockHolder(file);
    // Two processes in one embedded database lose rows silently.
    if (holder || !takeLock(file).ok) {
      return complain(
        `The service runs on the embedded database (process ${holder?.pid ?? "unknown"}), which takes one process only.\n` +
          "The page /operator shows the same: search for the reference there. Or stop the service, and ask again.",
      );
    }
  }
  const traces = await tracesOf(reference);
  if (traces === undefined) return complain("There is no database: set DATABASE_URL or DATA_DIR.");
  if (traces.length === 0) {
    process.stderr.write("There is no case with this reference.\n");
    return 1;
  }
  process.stdout.write(`${caseLines(traces).join("\n")}\n`);
  return 0;
}

if (import.meta.main) {
  process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) =>
    // Messages of drivers may quote addresses with passwords.
    complain(`The database cannot be read (${error instanceof Error ? error.name : "unknown"}).`),
  );
}
