import { spawn } from "node:child_process";
import { realpathSync } from "node:fs";
import path from "node:path";
import { Readable, Writable } from "node:stream";
import { answers, framed, frames, imageKinds, type Answer, type ImageKind } from "#app/images/frame.ts";
import { residentMb } from "#app/images/memory.server.ts";

/** What the process said, or why it had to be ended or ended by itself. */
export type Outcome =
  { answer: Exclude<Answer, "ready">; bytes: Uint8Array } | { answer: "time" | "memory" | "crash" | "notStarted" };

/** One process that converts, for one picture at a time. */
export type ImageProcess = {
  pid: number | undefined;
  convert: (kind: ImageKind, original: Uint8Array) => Promise<Outcome>;
  /** Whether it may get another picture: it lives, is not worn out and has given most of its memory back. */
  isFit: () => Promise<boolean>;
  /** Ends it at once. Resolves when it is gone. */
  end: () => Promise<void>;
};

export type ProcessLimits = {
  /** Folder of the project. */
  root: string;
  /** Memory that it may hold, in MB. */
  memoryMb: number;
  /** Time for one picture, in milliseconds. */
  timeoutMs: number;
};

const WATCH_MS = 25;
// Decoders leave holes in memory; a fresh process costs a third of a second.
const MAX_PICTURES = 50;
const MAX_TOLD = 500;

/** The environment of the process: nothing of the service's own, which holds secrets. */
function environment(): NodeJS.ProcessEnv {
  const kept = ["PATH", "SystemRoot", "LD_LIBRARY_PATH"].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  return {
    ...Object.fromEntries(kept),
    // One arena: the C library otherwise keeps freed memory of every thread.
    MALLOC_ARENA_MAX: "1",
    UV_THREADPOOL_SIZE: "2",
    // libvips would put large pictures into temporary files, where nobody seals them.
    VIPS_DISC_THRESHOLD: "64g",
  };
}

/** How Node runs the process: little memory for scripts, no writing, no processes of its own, its program alone to read. */
function flags({ root, memoryMb }: ProcessLimits): string[] {
  const places = ["app/images", "node_modules"].flatMap((folder) => {
    const place = path.join(root, folder);
    return [place, realpathSync(place)].map((known) => path.join(known, "*"));
  });
  const readable = [...new Set([...places, path.join(root, "package.json")])];
  return [
    `--max-old-space-size=${Math.ceil(memoryMb / 4)}`,
    "--permission",
    "--allow-addons",
    ...readable.map((place) => `--allow-fs-read=${place}`),
    "--disable-warning=SecurityWarning",
  ];
}

/** Starts a process that converts. A failing start shows as the outcome "notStarted". */
export function startImageProcess(limits: ProcessLimits, onStartFailed: (detail: string) => void): ImageProcess {
  const { root, memoryMb, timeoutMs } = limits;
  const child = spawn(process.execPath, [...flags(limits), path.join(root, "app/images/child.ts"), `${memoryMb}`], {
    cwd: root,
    env: environment(),
    stdio: ["pipe", "ignore", "pipe", "pipe"],
  });
  const [input, , errors, output] = child.stdio;
  if (!(input instanceof Writable) || !(errors instanceof Readable) || !(output instanceof Readable)) {
    throw new TypeError("A process without pipes");
  }
  // It must not keep the service from ending; the request that waits for a picture does.
  child.unref();
  for (const pipe of [input, errors, output]) if ("unref" in pipe && typeof pipe.unref === "function") pipe.unref();
  input.on("error", () => undefined);

  const gone = new Promise<void>((resolve) => {
    child.once("error", () => resolve());
    child.once("exit", () => resolve());
  });
  const replies = frames(output)[Symbol.asyncIterator]();
  const next = async (): Promise<{ answer: Answer; bytes: Buffer } | undefined> => {
    const { value } = await replies.next().catch(() => ({ value: undefined }));
    const answer = value && answers[value.code];
    return answer && { answer, bytes: value.bytes };
  };

  let detail = "";
  let isReady = false;
  // Before the first picture the process has seen nothing personal; after that nothing it says is kept.
  errors.on("data", (chunk: Buffer) => {
    if (!isReady && detail.length < MAX_TOLD) detail += chunk.toString("utf8");
  });
  const ready = next().then((reply) => {
    isReady = reply?.answer === "ready";
    if (!isReady) onStartFailed(detail.slice(0, MAX_TOLD));
    return isReady;
  });

  let pictures = 0;
  const end = async () => {
    child.ref();
    child.kill("SIGKILL");
    await gone;
  };

  /** Ends the process when it takes too long or too much. Says why, if it did. */
  function watch(): { stop: () => "time" | "memory" | undefined } {
    let why: "time" | "memory" | undefined;
    const kill = (reason: "time" | "memory") => {
      why ??= reason;
      child.kill("SIGKILL");
    };
    const clock = setTimeout(kill, timeoutMs, "time");
    const scales = setInterval(async () => {
      const held = child.pid === undefined ? undefined : await residentMb(child.pid);
      if (held !== undefined && held > memoryMb) kill("memory");
    }, WATCH_MS);
    return {
      stop: () => {
        clearTimeout(clock);
        clearInterval(scales);
        return why;
      },
    };
  }

  return {
    pid: child.pid,
    convert: async (kind, original) => {
      const watching = watch();
      const isUp = await ready;
      if (isUp) {
        pictures += 1;
        for (const part of framed(imageKinds.indexOf(kind), original)) input.write(part);
      }
      const reply = isUp ? await next() : undefined;
      const why = watching.stop();
      if (reply && reply.answer !== "ready") return { answer: reply.answer, bytes: reply.bytes };
      await end();
      return { answer: why ?? (isUp ? "crash" : "notStarted") };
    },
    isFit: async () => {
      if (child.exitCode !== null || child.signalCode !== null || pictures >= MAX_PICTURES) return false;
      const held = child.pid === undefined ? undefined : await residentMb(child.pid);
      return held === undefined || held < memoryMb / 2;
    },
    end,
  };
}
