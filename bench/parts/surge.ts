import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { messagesOf, receivedBy, repetitionsOf } from "#tests/chaos/books.ts";
import { readLogs } from "#tests/chaos/logs.ts";
import { randomFrom } from "#tests/chaos/random.ts";
import { judge } from "#tests/chaos/verdict.ts";
import { startWorld, type World } from "#tests/chaos/world.ts";
import { cpuMs, residentMb } from "../processes.ts";
import { startCrowd, type Crowd } from "../surge/crowdProcess.ts";
import { NAME } from "../surge/family.ts";
import type { Report } from "../surge/tally.ts";

/** The last line of a surge. */
export type SurgeFigures = {
  persons: number;
  /** Persons whose message the Fachverfahren accepted. */
  accepted: number;
  /** Persons who hold a receipt and are neither accepted nor known as stuck. */
  lost: number;
  /** Messages that arrived whole more than once, or were filed without anybody who pressed. */
  doubled: number;
  /** Requests of wizard pages in a second, and how long they took in milliseconds. */
  stepsPerSecond: number;
  p50: number;
  p95: number;
  p99: number;
  /** Most memory of one process of the service. */
  memoryMb: number;
};

const SEED = 2022;
const LARGEST_FAMILY = 6;
/** Far more than a machine takes in: the door has to do its work. */
const FAMILIES_PER_SECOND = 30;
const LOOK_MS = 2_000;
const TELL_MS = 30_000;
const QUIET_MS = 15 * 60_000;
const EXPLAIN = 20;
const SERVICE = ["web1", "web2", "worker1", "worker2"] as const;

const statistics = z.object({ accepted: z.int(), rejected: z.int() });

/** Families of one to six, so many persons in all. */
function familiesOf(persons: number): number[] {
  const random = randomFrom(SEED);
  const sizes: number[] = [];
  for (let left = persons; left > 0; left -= sizes.at(-1) ?? left) {
    sizes.push(Math.min(random.between(1, LARGEST_FAMILY), left));
  }
  return sizes;
}

const pidsOf = (world: World) => SERVICE.flatMap((target) => world.pidOf(target) ?? []);
const memoryOf = (world: World) => Math.max(...pidsOf(world).map(residentMb));

/** Messages that the Fachverfahren has decided on; it rejects none that is right. */
async function decidedBy({ fachverfahren }: World): Promise<number> {
  const answer = await fetch(`${fachverfahren}/statistics`, { signal: AbortSignal.timeout(30_000) });
  const { accepted, rejected } = statistics.parse(await answer.json());
  return accepted + rejected;
}

/** CPU milliseconds that each process has used since it was begun, by its name. */
function watchCpu(world: World, crowd: Crowd): () => ReadonlyMap<string, number> {
  const service = SERVICE.map((target) => [target, world.pidOf(target)] as const);
  const named = [["crowd", crowd.pid], ["balancer", process.pid], ...service] as const;
  const known = named.flatMap(([name, pid]) => (pid === undefined ? [] : [{ name, pid, before: cpuMs(pid) }]));
  return () => new Map(known.map(({ name, pid, before }) => [name, cpuMs(pid) - before]));
}

type Run = { report: Report; memoryMb: number; cpu: ReadonlyMap<string, number> };

/** Lets the crowd come and waits until all are decided, or nothing has moved for a quarter of an hour. */
async function run(world: World, persons: number): Promise<Run> {
  await world.end("zustelldienst");
  const crowd = startCrowd(world.url, familiesOf(persons), FAMILIES_PER_SECOND);
  const used = watchCpu(world, crowd);
  let cpu = used();
  let [memoryMb, decided, moved] = [0, 0, 0];
  let quietSince = Date.now();
  let toldAt = Date.now();
  let isDown = true;
  try {
    while (Date.now() - quietSince < QUIET_MS && !(crowd.hasEnded() && decided >= crowd.filed())) {
      await pause(LOOK_MS);
      memoryMb = Math.max(memoryMb, memoryOf(world));
      if (!crowd.hasEnded()) cpu = used();
      if (isDown && (crowd.filed() >= persons / 2 || crowd.hasEnded())) {
        isDown = false;
        await world.start("zustelldienst");
        console.error(`surge: ${crowd.filed()} have filed, the Zustelldienst is up`);
      }
      decided = await decidedBy(world);
      if (crowd.filed() + decided > moved) quietSince = Date.now();
      moved = crowd.filed() + decided;
      if (Date.now() - toldAt < TELL_MS) continue;
      toldAt = Date.now();
      console.error(`surge: ${crowd.filed()} filed, ${decided} decided, ${Math.round(memoryOf(world))} MB`);
    }
  } finally {
    crowd.stop();
  }
  return { report: await crowd.report, memoryMb, cpu };
}

/** Looks at what people hold in their hands, at the books of all parts, and at the logs. */
async function verdict(world: World, { filings, complaints }: Report) {
  const messages = await messagesOf(world);
  const { figures, complaints: found } = judge(filings, messages, await receivedBy(world));
  const { doubled } = await repetitionsOf(world);
  const { surprises, personal } = readLogs(world.logs, [NAME]);
  return {
    accepted: figures.accepted,
    lost: figures.lost,
    doubled: doubled + Math.max(0, messages.length - filings.length),
    complaints: [
      ...complaints,
      ...found,
      ...surprises.map((line) => `in a log: ${line}`),
      ...personal.map((file) => `an applicant's name stands in ${file}`),
    ],
  };
}

function tell({ steps, tookMs, line }: Report, cpu: Run["cpu"], complaints: readonly string[]): void {
  const shares = [...cpu].map(([name, ms]) => `${name} ${Math.round((100 * ms) / tookMs)} %`);
  const ofPages = (cpu.get("web1") ?? 0) + (cpu.get("web2") ?? 0);
  console.error(
    `surge: of a core took ${shares.join(", ")}; a step ${(ofPages / steps).toFixed(1)} ms in the web processes`,
  );
  const seconds = Math.round(tookMs / 1_000);
  console.error(`surge: ${steps} steps in ${seconds} s; ${line.waited} times somebody waited at the door,`);
  console.error(`surge: ${line.pages} waiting pages, the longest stay ${Math.round(line.longestMs / 1_000)} s`);
  for (const words of complaints.slice(0, EXPLAIN)) console.error(`surge: ${words}`);
  if (complaints.length > EXPLAIN) console.error(`surge: and ${complaints.length - EXPLAIN} more`);
}

/**
 * Families enter over HTTP at the highest rate that the machine allows, on PostgreSQL with two processes for pages and two
 * for deliveries, while the Zustelldienst is down for the first half of them.
 */
export async function benchSurge(persons: number): Promise<{ figures: SurgeFigures; isMet: boolean }> {
  const world = await startWorld("postgres", randomFrom(SEED));
  let isMet = false;
  try {
    const { report, memoryMb, cpu } = await run(world, persons);
    const { complaints, ...counted } = await verdict(world, report);
    tell(report, cpu, complaints);
    const { p50, p95, p99 } = report.percentiles;
    const stepsPerSecond = Math.round((10_000 * report.steps) / report.tookMs) / 10;
    const figures = { persons, ...counted, stepsPerSecond, p50, p95, p99, memoryMb: Math.round(memoryMb) };
    isMet = figures.accepted === persons && figures.lost + figures.doubled === 0 && complaints.length === 0;
    return { figures, isMet };
  } finally {
    await world.stop();
    if (isMet) rmSync(dirname(world.logs), { recursive: true, force: true });
    else console.error(`surge: logs are in ${world.logs}`);
  }
}
