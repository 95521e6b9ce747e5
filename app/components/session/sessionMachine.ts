import { assign, fromPromise, setup } from "xstate";
import { WARNING_MS } from "#app/components/session/session.ts";

/** What asking for more time brings: the new end, or that the session is over. Fails when nobody answers. */
export type Renewal = { until: number } | "ended";

type Context = {
  /** End of the session and the time now, in milliseconds of this device's clock. */
  until: number;
  now: number;
  /** Nobody answered when more time was asked for. */
  isUnreachable: boolean;
};

type Event =
  | { type: "TICK"; now: number }
  /** Another tab, or another page here, prolonged the session. */
  | { type: "HEARD"; until: number }
  | { type: "STAY" };

/**
 * The end of a session without a click: quiet, a warning in time, more time on request, the end. The clock comes in as an
 * event, so that a device that slept notices at once (WCAG 2.2.1).
 */
export const sessionMachine = setup({
  types: {} as { context: Context; events: Event; input: { until: number; now: number } },
  actors: { renew: fromPromise<Renewal>(() => Promise.reject(new Error("not provided"))) },
  guards: {
    isOver: ({ context }) => context.now >= context.until,
    isNear: ({ context }) => context.now >= context.until - WARNING_MS,
    isFar: ({ context }) => context.now < context.until - WARNING_MS,
  },
  actions: {
    answer: assign({ isUnreachable: false }),
  },
}).createMachine({
  id: "session",
  initial: "quiet",
  context: ({ input }) => ({ ...input, isUnreachable: false }),
  on: {
    TICK: { actions: assign({ now: ({ event }) => event.now }) },
    HEARD: { actions: assign({ until: ({ event }) => event.until }) },
  },
  states: {
    quiet: {
      always: [
        { guard: "isOver", target: "ended" },
        { guard: "isNear", target: "warning" },
      ],
    },
    warning: {
      always: [
        { guard: "isOver", target: "ended" },
        { guard: "isFar", target: "quiet" },
      ],
      on: { STAY: "renewing" },
    },
    renewing: {
      invoke: {
        src: "renew",
        onDone: [
          { guard: ({ event }) => event.output === "ended", target: "ended" },
          {
            target: "quiet",
            actions: [
              "answer",
              assign({
                until: ({ context, event }) => (event.output === "ended" ? context.until : event.output.until),
              }),
            ],
          },
        ],
        onError: { target: "warning", actions: assign({ isUnreachable: true }) },
      },
    },
    ended: { type: "final" },
  },
});
