import { assign, fromCallback, sendParent, setup, type ActorRefFrom, type SnapshotFrom } from "xstate";
import type { Attempt, Upload, UploadServer } from "#app/components/upload/server.ts";

/** A chosen file; `known` is an upload of it that an earlier visit began. */
export type Chosen = { key: string; code: string; name: string; size: number; file: Blob; known?: string };

type Context = Chosen & {
  server: UploadServer;
  id: string | undefined;
  upload: Upload | undefined;
  /** Parts that the server has. */
  received: readonly number[];
  /** Bytes of the present part that are on their way. */
  underway: number;
  /** Failures since a part last arrived: a server that answers questions but takes nothing is not asked ever faster. */
  failures: number;
  /** How often the server asked for parts again, or for all of it. */
  rounds: number;
  /** Why the file is not taken: words of the server, or `undefined` for a file that cannot be read. */
  message: string | undefined;
};

type Problem = Exclude<Attempt<never>, { kind: "ok" }>;
type Event =
  | { type: "start" | "retry" | "online" | "remove" | "listed" }
  | { type: "ready"; upload: Upload }
  | { type: "progress"; bytes: number }
  | { type: "partSent"; part: number }
  | { type: "completed"; id: string }
  | { type: "removed" }
  | { type: "failed"; problem: Problem };

/** The first wait in milliseconds; each further one is twice as long, up to the longest. */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
/** About three minutes without a connection; after that the person says when to go on, or the browser is online again. */
const MOST_FAILURES = 9;
const MOST_ROUNDS = 3;

type Job = { context: Context };
type Work<T> = (context: Context, signal: AbortSignal, tell: (event: Event) => void) => Promise<Attempt<T>>;

/** A job of the server that tells the machine how it ended, and is broken off with its state. */
function job<T>(work: Work<T>, done: (value: T, context: Context) => Event) {
  return fromCallback<Event, Job>(({ input: { context }, sendBack }) => {
    const broken = new AbortController();
    void work(context, broken.signal, sendBack).then((attempt) => {
      if (broken.signal.aborted) return;
      sendBack(attempt.kind === "ok" ? done(attempt.value, context) : { type: "failed", problem: attempt });
    });
    return () => broken.abort();
  });
}

/** The next part to send; `undefined` once the server has them all. */
export function nextPart({ upload, received }: Pick<Context, "upload" | "received">): number | undefined {
  return Array.from({ length: upload?.parts ?? 0 }, (_, part) => part).find((part) => !received.includes(part));
}

const gone = { kind: "gone" } as const;
const ready = (upload: Upload): Event => ({ type: "ready", upload });
const isProblem = (event: Event, kind: Problem["kind"]) => event.type === "failed" && event.problem.kind === kind;

const blank = { upload: undefined, received: [], underway: 0, failures: 0, rounds: 0, message: undefined };

/**
 * One file on its way: created at the server, sent part by part, made whole there. It goes on by itself when the
 * connection comes back, and sends no part twice that the server has acknowledged.
 */
export const uploadMachine = setup({
  types: {
    context: {} as Context,
    input: {} as Chosen & { server: UploadServer },
    events: {} as Event,
  },
  actors: {
    create: job(({ server, code, name, size }, signal) => server.create({ code, name, size }, signal), ready),
    look: job(async ({ server, id }, signal) => (id === undefined ? gone : server.look(id, signal)), ready),
    send: job(
      async ({ server, upload, file, received }, signal, tell) => {
        const part = nextPart({ upload, received });
        if (!upload || part === undefined) return gone;
        const onProgress = (bytes: number) => tell({ type: "progress", bytes });
        const sent = await server.send(file, { upload, part, onProgress, signal });
        return sent.kind === "ok" ? { kind: "ok", value: part } : sent;
      },
      (part) => ({ type: "partSent", part }),
    ),
    complete: job(
      async ({ server, id, file }, signal) => (id === undefined ? gone : server.complete(id, file, signal)),
      (id) => ({ type: "completed", id }),
    ),
    remove: job(
      async ({ server, id }) => {
        if (id !== undefined) await server.remove(id);
        return { kind: "ok", value: undefined };
      },
      () => ({ type: "removed" }),
    ),
  },
  delays: {
    backOff: ({ context }) => Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (context.failures - 1)),
  },
  guards: {
    isKnown: ({ context }) => context.id !== undefined,
    isAllSent: ({ context }) => nextPart(context) === undefined,
    isRefused: ({ event }) => isProblem(event, "refused") || isProblem(event, "unreadable"),
    isClosed: ({ event }) => isProblem(event, "closed"),
    isMissing: ({ event, context }) => isProblem(event, "missing") && context.rounds < MOST_ROUNDS,
    isGone: ({ event, context }) => isProblem(event, "gone") && context.rounds < MOST_ROUNDS,
    mayTryAgain: ({ event, context }) => isProblem(event, "unreachable") && context.failures < MOST_FAILURES,
  },
  actions: {
    keepUpload: assign(({ event }) =>
      event.type === "ready" ? { upload: event.upload, id: event.upload.id, received: event.upload.received } : {},
    ),
    keepProgress: assign(({ event }) => (event.type === "progress" ? { underway: event.bytes } : {})),
    keepPart: assign(({ event, context }) =>
      event.type === "partSent" ? { received: [...context.received, event.part], underway: 0, failures: 0 } : {},
    ),
    keepFile: assign(({ event }) => (event.type === "completed" ? { id: event.id } : {})),
    askAgain: assign(({ event, context }) => {
      if (event.type !== "failed" || event.problem.kind !== "missing") return {};
      const { parts } = event.problem;
      return { received: context.received.filter((part) => !parts.includes(part)), rounds: context.rounds + 1 };
    }),
    beginAnew: assign(({ context }) => ({ ...blank, id: undefined, rounds: context.rounds + 1 })),
    keepMessage: assign(({ event }) =>
      event.type === "failed" && event.problem.kind === "refused" ? { message: event.problem.message } : {},
    ),
    countFailure: assign(({ context }) => ({ failures: context.failures + 1, underway: 0 })),
    forgetFailures: assign({ failures: 0, rounds: 0 }),
    tellQueue: sendParent({ type: "moved" }),
  },
}).createMachine({
  id: "upload",
  context: ({ input }) => ({ ...blank, ...input, id: input.known }),
  initial: "queued",
  on: { remove: ".removing" },
  states: {
    queued: { on: { start: "working" } },
    working: {
      initial: "beginning",
      on: {
        failed: [
          { guard: "isRefused", target: "refused", actions: "keepMessage" },
          { guard: "isClosed", target: "closed" },
          { guard: "isMissing", target: ".choosing", actions: "askAgain" },
          { guard: "isGone", target: ".creating", actions: "beginAnew" },
          { guard: "mayTryAgain", target: "waiting", actions: "countFailure" },
          { target: "stopped" },
        ],
      },
      states: {
        beginning: { always: [{ guard: "isKnown", target: "looking" }, { target: "creating" }] },
        creating: {
          invoke: { src: "create", input: ({ context }) => ({ context }) },
          on: { ready: { target: "choosing", actions: "keepUpload" } },
        },
        looking: {
          invoke: { src: "look", input: ({ context }) => ({ context }) },
          on: { ready: { target: "choosing", actions: "keepUpload" } },
        },
        choosing: { always: [{ guard: "isAllSent", target: "completing" }, { target: "sending" }] },
        sending: {
          invoke: { src: "send", input: ({ context }) => ({ context }) },
          on: {
            progress: { actions: "keepProgress" },
            partSent: { target: "choosing", actions: "keepPart" },
          },
        },
        completing: {
          invoke: { src: "complete", input: ({ context }) => ({ context }) },
          on: { completed: { target: "#upload.done", actions: "keepFile" } },
        },
      },
    },
    waiting: {
      after: { backOff: "working" },
      on: { online: "working", retry: { target: "working", actions: "forgetFailures" } },
    },
    stopped: {
      entry: "tellQueue",
      on: {
        online: { target: "queued", actions: "forgetFailures" },
        retry: { target: "queued", actions: "forgetFailures" },
      },
      exit: "tellQueue",
    },
    closed: { entry: "tellQueue" },
    refused: { entry: "tellQueue" },
    done: { entry: "tellQueue", on: { listed: "removed" } },
    removing: {
      entry: "tellQueue",
      invoke: { src: "remove", input: ({ context }) => ({ context }) },
      on: { removed: "removed", remove: {} },
    },
    removed: { entry: "tellQueue" },
  },
});

export type UploadRef = ActorRefFrom<typeof uploadMachine>;
export type UploadSnapshot = SnapshotFrom<typeof uploadMachine>;
