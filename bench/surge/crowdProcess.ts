import { fork } from "node:child_process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { z } from "zod";
import { projectNode } from "../../app/cli/node.mjs";
import { reportSchema, type Report } from "./tally.ts";

/** Families on their way, in a process of their own. */
export type Crowd = {
  pid: number;
  /** Persons who hold a receipt so far. */
  filed: () => number;
  /** True once everybody is through or has been stopped. */
  hasEnded: () => boolean;
  /** Sends everybody home; harmless afterwards. */
  stop: () => void;
  /** What they have seen. Rejects when the process ended without telling. */
  report: Promise<Report>;
};

const message = z.object({ filed: z.int(), report: reportSchema.optional() });

/** Lets families of these sizes arrive at a service, so many in a second. */
export function startCrowd(url: string, sizes: readonly number[], perSecond: number): Crowd {
  const guard = pathToFileURL("app/cli/guard.mjs").href;
  const child = fork(fileURLToPath(new URL("crowd.ts", import.meta.url)), [url, String(perSecond), sizes.join(",")], {
    execPath: projectNode(),
    execArgv: ["--import", guard],
  });
  const { promise, resolve, reject } = Promise.withResolvers<Report>();
  promise.catch(() => undefined);
  let filed = 0;
  let hasEnded = false;
  child.on("message", (told) => {
    const known = message.parse(told);
    filed = known.filed;
    if (known.report) resolve(known.report);
    hasEnded ||= known.report !== undefined;
  });
  child.once("exit", (code) => {
    hasEnded = true;
    reject(new Error(`the crowd ended with ${code}`));
  });
  return {
    pid: child.pid ?? 0,
    filed: () => filed,
    hasEnded: () => hasEnded,
    stop: () => void (child.connected && child.send("stop")),
    report: promise,
  };
}
