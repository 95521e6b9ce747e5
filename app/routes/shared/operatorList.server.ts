import { z } from "zod";
import type { App } from "#app/context.server.ts";
import type { Db } from "#app/db.server.ts";
import type { Filter, ListedMessage, StateBadge } from "#app/components/operator/MessageList.tsx";
import { circuits, undelivered, type Circuit } from "#app/outbox/desk.server.ts";
import { messagesOf, PAGE_SIZE, type DeskMessage, type MessageFilter } from "#app/outbox/deskMessages.server.ts";
import { listHref, type ListQuery } from "#app/routes/shared/operatorHref.ts";
import { destinationsInScope } from "#app/routes/shared/operatorOverview.server.ts";
import type { DeskWords } from "#app/routes/shared/operatorWords.server.ts";
import type { Authorities } from "#app/staff/staff.ts";

const states = ["waiting", "sending", "sent", "accepted", "rejected", "paused", "stuck"] as const;
const MOST_PAGES = 100_000;

// An address that somebody changed shows everything rather than an error.
const query = z.object({
  destination: z.string().min(1).max(200).optional().catch(undefined),
  state: z
    .enum([...states, "undelivered"])
    .optional()
    .catch(undefined),
  code: z
    .string()
    .regex(/^[\w.-]{1,100}$/)
    .optional()
    .catch(undefined),
  page: z.coerce.number().int().min(1).max(MOST_PAGES).catch(1),
});
type Query = z.infer<typeof query>;

/** Reads which messages an address asks for. */
export function listQueryOf(request: Pick<Request, "url">): Query {
  return query.parse(Object.fromEntries(new URL(request.url).searchParams));
}

function filterOf({ destination, state, code }: Query): MessageFilter {
  const wanted = state === "undelivered" ? undelivered : state && [state];
  return {
    ...(destination === undefined ? {} : { destination }),
    ...(wanted === undefined ? {} : { states: wanted }),
    ...(code === undefined ? {} : { code }),
  };
}

/** One page of the list with its filter, in finished words. */
export async function listOf(tx: Db, app: App, authorities: Authorities, asked: Query, words: DeskWords) {
  const { say } = words;
  const { total, messages } = await messagesOf(tx, filterOf(asked), asked.page);
  const known = new Map((await circuits(tx)).map((circuit) => [circuit.id, circuit]));
  const pages = Math.max(1, Math.ceil(total / PAGE_SIZE));
  const { page, ...same } = asked;
  const at = (number: number) => listHref({ ...(same as ListQuery), page: number });
  return {
    filter: filterView(app, authorities, asked, words),
    total: say("operator:list.total", { count: total }),
    messages: messages.map((message) => listed(message, known.get(message.destination), app.now(), words)),
    pages: {
      label: say("operator:list.page", { page, pages }),
      ...(page > 1 ? { previous: at(Math.min(page - 1, pages)) } : {}),
      ...(page < pages ? { next: at(page + 1) } : {}),
    },
  };
}

function filterView(
  app: App,
  authorities: Authorities,
  { destination, state, code }: Query,
  { say, authority, code: codeWords }: DeskWords,
): Filter {
  const known = [...destinationsInScope(app, authorities)].map(([id, own]) => ({
    value: id,
    label: authority(own.authority),
  }));
  const all = { value: "", label: say("operator:list.all") };
  const isKnown = destination === undefined || known.some(({ value }) => value === destination);
  return {
    destination: {
      value: destination ?? "",
      options: [all, ...known, ...(isKnown ? [] : [{ value: destination, label: destination }])],
    },
    state: {
      value: state ?? "",
      options: [
        all,
        { value: "undelivered", label: say("operator:list.undelivered") },
        ...states.map((name) => ({ value: name, label: say(`operator:states.${name}`) })),
      ],
    },
    ...(code === undefined ? {} : { code, codeLabel: say("operator:list.code", { code: codeWords(code).title }) }),
  };
}

const tones: Readonly<Record<DeskMessage["state"], StateBadge["tone"]>> = {
  waiting: "info",
  sending: "info",
  sent: "info",
  accepted: "success",
  rejected: "warning",
  paused: "warning",
  stuck: "danger",
};

/** A state of a message in words, with its tone. */
export function stateBadge(state: DeskMessage["state"], { say }: Pick<DeskWords, "say">): StateBadge {
  return { tone: tones[state], label: say(`operator:states.${state}`) };
}

/** When a message is tried or asked about next; while its receiver is left alone, not before somebody tries that again. */
export function nextOf(
  message: DeskMessage,
  circuit: Circuit | undefined,
  now: Date,
  { say, moment }: DeskWords,
): string {
  if (!["waiting", "sending", "sent"].includes(message.state)) return say("operator:trace.noNext");
  // What a paused receiver has already is asked about nevertheless.
  if (circuit?.pausedAt && message.state !== "sent") return say("operator:trace.whenResumed");
  const probe = circuit?.openedAt ? circuit.probeAt : null;
  const next = probe && probe > message.nextAttemptAt ? probe : message.nextAttemptAt;
  return next <= now ? say("operator:trace.now") : moment(next);
}

function listed(message: DeskMessage, circuit: Circuit | undefined, now: Date, words: DeskWords): ListedMessage {
  const { say, moment, age, code, stage, authority } = words;
  const { id, reference, kind, state, lastError, urgentFrom, createdAt } = message;
  const isOpen = undelivered.some((name) => name === state);
  return {
    id,
    reference: reference ?? say("operator:list.gone"),
    kind: say(`operator:kinds.${kind}`),
    authority: authority(message.authority),
    state: stateBadge(state, words),
    stage: stage(message.stage),
    isUrgent: isOpen && urgentFrom !== null && urgentFrom <= now,
    created: moment(createdAt),
    age: age(createdAt),
    attempts: message.attempts === 0 ? say("operator:none") : String(message.attempts),
    lastError: lastError === null ? undefined : { code: lastError, title: code(lastError).title },
    next: nextOf(message, circuit, now, words),
  };
}
