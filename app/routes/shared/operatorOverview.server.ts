import type { App } from "#app/context.server.ts";
import type { Db } from "#app/db.server.ts";
import type { Destination } from "#app/components/operator/Destinations.tsx";
import type { Figure } from "#app/components/operator/Figures.tsx";
import type { CodeLine, MailLine, WorkerLine } from "#app/components/operator/Parts.tsx";
import {
  circuits,
  codeLines,
  deliveriesByHour,
  mailLines,
  openAlerts,
  queueLines,
  undelivered,
  unfetched,
  workersSeen,
  type Circuit,
  type QueueLine,
} from "#app/outbox/desk.server.ts";
import { destinationOf } from "#app/outbox/message.server.ts";
import { SILENT_MS } from "#app/outbox/workers.server.ts";
import { alarmsOf } from "#app/routes/shared/operatorAlarms.server.ts";
import { listHref } from "#app/routes/shared/operatorHref.ts";
import type { DeskWords } from "#app/routes/shared/operatorWords.server.ts";
import type { Authorities } from "#app/staff/staff.ts";

const isUndelivered = ({ state }: QueueLine) => undelivered.some((name) => name === state);
const sumOf = (lines: readonly QueueLine[], of: (line: QueueLine) => number) =>
  lines.reduce((sum, line) => sum + of(line), 0);
const oldestOf = (lines: readonly QueueLine[]) =>
  lines.reduce<Date | undefined>((oldest, line) => (oldest && oldest < line.oldest ? oldest : line.oldest), undefined);

/** Receivers of the authorities that somebody looks after: those configured, and those that messages still lie with. */
export function destinationsInScope(
  { config }: Pick<App, "config">,
  authorities: Authorities,
): Map<string, { authority: string }> {
  const own = config.authorities.filter(
    ({ id, transport }) => transport.kind !== "none" && (authorities === "all" || authorities.includes(id)),
  );
  return new Map(own.map((authority) => [destinationOf(authority), { authority: authority.id }]));
}

/** Everything that the first page shows, read in one transaction and in finished words. */
export async function overviewOf(tx: Db, app: App, authorities: Authorities, words: DeskWords) {
  const now = app.now();
  const lines = await queueLines(tx, now);
  const hours = await deliveriesByHour(tx, now);
  const total = hours.reduce((sum, count) => sum + count, 0);
  return {
    alarms: alarmsOf(await openAlerts(tx), app, words),
    figures: figuresOf(lines, await unfetched(tx, now), total, words),
    hours,
    hoursSummary:
      total === 0
        ? words.say("operator:hours.none")
        : words.say("operator:hours.summary", { count: total, peak: Math.max(...hours) }),
    destinations: destinationViews(lines, await circuits(tx), destinationsInScope(app, authorities), words),
    codes: (await codeLines(tx)).map(({ code, rows }): CodeLine => ({
      ...words.code(code),
      count: words.say("operator:codes.count", { count: rows }),
      href: listHref({ code }),
    })),
    workers: (await workersSeen(tx)).map(({ id, startedAt, seenAt }): WorkerLine => ({
      id,
      isSilent: now.getTime() - seenAt.getTime() > SILENT_MS,
      started: words.moment(startedAt),
      seen: words.moment(seenAt),
    })),
    mails: (await mailLines(tx)).map((line): MailLine => ({
      key: `${line.purpose} ${line.audience} ${line.state}`,
      purpose: words.orItself(`operator:mails.purposes.${line.purpose}`, line.purpose),
      audience: words.orItself(`operator:mails.audiences.${line.audience}`, line.audience),
      state: {
        tone: line.state === "failed" ? "danger" : "info",
        label: words.orItself(`operator:mails.states.${line.state}`, line.state),
      },
      rows: String(line.rows),
      oldest: words.age(line.oldest),
      lastError: line.lastError ?? words.say("operator:none"),
    })),
  };
}

function figuresOf(lines: readonly QueueLine[], unfetchedRows: number, delivered: number, words: DeskWords): Figure[] {
  const waiting = lines.filter(({ state }) => state === "waiting" || state === "sending");
  const open = lines.filter(isUndelivered);
  const oldest = oldestOf(open);
  const stuck = sumOf(lines, ({ state, rows }) => (state === "stuck" ? rows : 0));
  const urgent = sumOf(open, (line) => line.urgent);
  const figure = (name: string, value: string, isAlarm = false) => ({
    label: words.say(`operator:figures.${name}`),
    value,
    isAlarm,
  });
  return [
    figure("waiting", String(sumOf(waiting, ({ rows }) => rows))),
    figure("urgent", String(urgent), urgent > 0),
    figure("oldest", oldest ? words.age(oldest) : words.say("operator:none")),
    figure("stuck", String(stuck), stuck > 0),
    figure("delivered", String(delivered)),
    figure("unfetched", String(unfetchedRows), unfetchedRows > 0),
  ];
}

function destinationViews(
  lines: readonly QueueLine[],
  open: readonly Circuit[],
  known: ReadonlyMap<string, { authority: string }>,
  words: DeskWords,
): Destination[] {
  const circuitOf = new Map(open.map((circuit) => [circuit.id, circuit]));
  const found = new Map(lines.map(({ destination, authority }) => [destination, { authority }]));
  const views = [...new Map([...found, ...known])].map(([id, { authority }]) => {
    const own = lines.filter(({ destination }) => destination === id);
    return viewOf({ id, name: words.authority(authority) }, own, circuitOf.get(id), words);
  });
  return views.toSorted((a, b) => a.name.localeCompare(b.name, "de"));
}

function viewOf(
  { id, name }: { id: string; name: string },
  lines: readonly QueueLine[],
  circuit: Circuit | undefined,
  words: DeskWords,
): Destination {
  const { say } = words;
  const open = lines.filter(isUndelivered);
  const oldest = oldestOf(open);
  const stuck = lines.find(({ state }) => state === "stuck")?.rows ?? 0;
  const code = circuit?.lastError ?? [...open, ...lines].find(({ lastError }) => lastError !== null)?.lastError;
  const stopped = Boolean(circuit?.pausedAt ?? circuit?.openedAt);
  const [kind = ""] = id.split(":");
  return {
    id,
    name,
    way: words.orItself(`operator:ways.${kind === "fit-connect" ? "fitConnect" : kind}`, kind),
    health: healthOf(circuit, stuck, say),
    notes: notesOf(circuit, words),
    counts: lines.map(({ state, rows }) => ({
      label: say("operator:destinations.count", { count: rows, state: say(`operator:states.${state}`) }),
      href: listHref({ destination: id, state }),
    })),
    oldest: oldest ? words.age(oldest) : say("operator:none"),
    attempts: String(open.reduce((most, { attempts }) => Math.max(most, attempts), 0) || say("operator:none")),
    lastError: code ? { code, title: words.code(code).title } : undefined,
    acts: [
      ...(stuck > 0 ? [{ act: "resendStuck", label: say("operator:actions.resendStuck") }] : []),
      ...(stopped ? [{ act: "resume", label: say("operator:actions.resume") }] : []),
      ...(circuit?.pausedAt ? [] : [{ act: "pause", label: say("operator:actions.pause") }]),
    ],
  };
}

function healthOf(circuit: Circuit | undefined, stuck: number, say: DeskWords["say"]): Destination["health"] {
  if (circuit?.pausedAt) return { tone: "info", label: say("operator:health.paused") };
  if (circuit?.openedAt) return { tone: "danger", label: say("operator:health.open") };
  if (stuck > 0) return { tone: "warning", label: say("operator:health.stuck", { count: stuck }) };
  return { tone: "success", label: say("operator:health.running") };
}

/** Since when a receiver is left alone, and when it is tried again. */
export function notesOf(circuit: Circuit | undefined, { say, age, moment }: DeskWords): string[] {
  if (!circuit) return [];
  const { openedAt, failures, pausedAt, probeAt } = circuit;
  return [
    ...(pausedAt ? [say("operator:destinations.pausedSince", { age: age(pausedAt) })] : []),
    ...(openedAt ? [say("operator:destinations.openSince", { age: age(openedAt), failures })] : []),
    ...(openedAt && !pausedAt && probeAt ? [say("operator:destinations.probe", { moment: moment(probeAt) })] : []),
  ];
}
