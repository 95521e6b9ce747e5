import type { ImageKind } from "#app/images/frame.ts";
import { startImageProcess, type ImageProcess, type Outcome, type ProcessLimits } from "#app/images/process.server.ts";

/** A picture in its new form, or why there is none: it cannot be read, it is too large to be opened, or nobody has time. */
export type Converted =
  | { ok: true; mimeType: "image/jpeg" | "image/png"; bytes: Uint8Array }
  | { ok: false; reason: "damaged" | "tooManyPixels" | "busy" };

/**
 * Processes that write pictures anew without what phones hide in them. They are processes and not threads: a picture that
 * breaks a decoder or eats all memory ends one of them, and the service goes on.
 */
export type ImagePool = {
  /** Loads a picture when a process is free for it and converts it. @throws what `load` throws */
  convert: (kind: ImageKind, load: () => Promise<Uint8Array>) => Promise<Converted>;
  /** Converts a picture of one pixel, so that an installation that cannot shows in `state` from the start. */
  check: () => Promise<boolean>;
  /** "degraded": processes do not start, or so many pictures wait that the next one is refused. */
  state: () => "ok" | "degraded";
  /** Refuses what waits and ends all processes. */
  close: () => Promise<void>;
};

export type ImagePoolOptions = ProcessLimits & {
  /** Processes at the same time. */
  size: number;
  log: Record<"warn" | "error", (detail: object, message: string) => void>;
  /** How long a process without work is kept, in milliseconds. */
  idleMs?: number;
};

const IDLE_MS = 30_000;
const ONE_PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==",
  "base64",
);
/** Pictures that may wait for each process: as many as it converts while a person is still patient. */
const WAITING_PER_PROCESS = 8;

/** Makes a pool. Processes start with the first picture and end when they have been without work for a while. */
export function createImagePool({ size, log, idleMs = IDLE_MS, ...limits }: ImagePoolOptions): ImagePool {
  const mostWaiting = size * WAITING_PER_PROCESS;
  const all = new Set<ImageProcess>();
  const idle: { process: ImageProcess; timer: NodeJS.Timeout }[] = [];
  const waiting: ((mayGo: boolean) => void)[] = [];
  let working = 0;
  let isClosed = false;
  let isBroken = false;

  function start(): ImageProcess {
    const made = startImageProcess(limits, (detail) => {
      if (!isClosed) log.error({ detail }, "image process does not start");
    });
    all.add(made);
    return made;
  }

  async function drop(process: ImageProcess): Promise<void> {
    await process.end();
    all.delete(process);
  }

  async function keep(process: ImageProcess): Promise<void> {
    if (isClosed || !(await process.isFit())) return drop(process);
    const entry = {
      process,
      timer: setTimeout(() => {
        idle.splice(idle.indexOf(entry), 1);
        void drop(process);
      }, idleMs).unref(),
    };
    idle.push(entry);
  }

  async function attempt(kind: ImageKind, original: Uint8Array, process: ImageProcess): Promise<Outcome> {
    const outcome = await process.convert(kind, original);
    await keep(process);
    if (!("bytes" in outcome) && !isClosed) log.warn({ why: outcome.answer, kind }, "image process ended");
    isBroken = outcome.answer === "notStarted";
    return outcome;
  }

  /**
   * Tries a picture a second time in a fresh process: the first may have ended for a reason that is not in this picture, or
   * have held memory of those before.
   */
  async function twice(kind: ImageKind, original: Uint8Array): Promise<Outcome> {
    const rested = idle.pop();
    clearTimeout(rested?.timer);
    const first = await attempt(kind, original, rested?.process ?? start());
    const isWorthIt = first.answer === "crash" || (first.answer === "memory" && rested !== undefined);
    return isWorthIt && !isClosed ? attempt(kind, original, start()) : first;
  }

  /** Waits for a free place; false when there is none to be had. */
  function turn(): Promise<boolean> {
    if (isClosed || waiting.length >= mostWaiting) return Promise.resolve(false);
    if (working < size) {
      working += 1;
      return Promise.resolve(true);
    }
    return new Promise((resolve) => waiting.push(resolve));
  }

  function release(): void {
    const next = waiting.shift();
    if (next) next(true);
    else working -= 1;
  }

  const convert: ImagePool["convert"] = async (kind, load) => {
    if (!(await turn())) return { ok: false, reason: "busy" };
    try {
      const original = await load();
      if (isClosed) return { ok: false, reason: "busy" };
      return resultOf(await twice(kind, original), isClosed);
    } finally {
      release();
    }
  };

  return {
    convert,
    check: async () => (await convert("image/png", () => Promise.resolve(ONE_PIXEL))).ok,
    state: () => (isBroken || waiting.length >= mostWaiting ? "degraded" : "ok"),
    close: async () => {
      isClosed = true;
      for (const refuse of waiting.splice(0)) refuse(false);
      for (const { timer } of idle.splice(0)) clearTimeout(timer);
      await Promise.all([...all].map(drop));
    },
  };
}

function resultOf(outcome: Outcome, isClosed: boolean): Converted {
  if ("bytes" in outcome) {
    const { answer, bytes } = outcome;
    if (answer === "image/jpeg" || answer === "image/png") return { ok: true, mimeType: answer, bytes };
    return { ok: false, reason: answer };
  }
  if (isClosed) return { ok: false, reason: "busy" };
  switch (outcome.answer) {
    case "memory":
      return { ok: false, reason: "tooManyPixels" };
    case "crash":
      return { ok: false, reason: "damaged" };
    // Too slow is the machine more often than the picture, and a process that does not start is no fault of it either.
    case "time":
    case "notStarted":
      return { ok: false, reason: "busy" };
  }
}
