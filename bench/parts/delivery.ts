import { execFile } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { z } from "zod";
import { startDeliveries, type Deliveries } from "../deliveries.ts";
import { figureOf, median, type Figure } from "../figures.ts";

const KB = 1024;
const SIZES = [
  { name: "100KB", fileBytes: 100 * KB, batch: 40 },
  { name: "1MB", fileBytes: KB * KB, batch: 20 },
] as const;
const LARGE = 10 * KB * KB;
const RUNS = 3;
const WARM = 10;
const ANSWER_MS = 100;

const floorAnswer = z.object({ cpuMs: z.number(), ms: z.number() });

/** Hash, encryption and HTTP of the same bytes, by a process of its own. */
async function floorOf(parts: readonly string[], count: number): Promise<z.infer<typeof floorAnswer>> {
  const sink = createServer((request, response) => request.resume().once("end", () => response.writeHead(204).end()));
  sink.listen(0, "127.0.0.1");
  await once(sink, "listening");
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 4096 });
  const work = {
    sink: `http://127.0.0.1:${(sink.address() as AddressInfo).port}/`,
    key: publicKey.export({ type: "spki", format: "pem" }),
    parts,
    warm: WARM,
    count,
  };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, ["bench/deliveryFloor.ts", JSON.stringify(work)]);
    return floorAnswer.parse(JSON.parse(stdout));
  } finally {
    sink.closeAllConnections();
    sink.close();
  }
}

const mode = "PostgreSQL" as const;

async function throughput(world: Deliveries, { name, fileBytes, batch }: (typeof SIZES)[number]): Promise<Figure[]> {
  await world.deliver(await world.file(WARM, fileBytes));
  const runs: { perSecond: number; cpu: number; cpuRatio: number; speedRatio: number }[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const ids = await world.file(batch, fileBytes);
    const floor = await floorOf(world.partsOf(fileBytes), batch);
    const { seconds, cpuMs } = await world.deliver(ids);
    const cpu = cpuMs / batch;
    const perSecond = batch / seconds;
    runs.push({ perSecond, cpu, cpuRatio: floor.cpuMs / cpu, speedRatio: (perSecond * floor.ms) / 1000 });
  }
  const middle = (key: keyof (typeof runs)[number]) => median(runs.map((run) => run[key]));
  const part = `delivery.${name}`;
  return [
    figureOf({ name: `${part}.perSecond`, value: middle("perSecond"), unit: "1/s", mode }),
    figureOf({ name: `${part}.cpu`, value: middle("cpu"), unit: "ms", mode }),
    figureOf({ name: `${part}.cpuOfFloor`, value: middle("cpuRatio"), unit: "ratio", mode }, { atLeast: 0.6 }),
    figureOf({ name: `${part}.speedOfFloor`, value: middle("speedRatio"), unit: "ratio", mode }, { atLeast: 0.6 }),
  ];
}

async function slowDown(world: Deliveries, delayMs: number): Promise<void> {
  const body = JSON.stringify(delayMs > 0 ? { mode: "slow", delayMs } : { mode: "none" });
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`${world.zustelldienst}/simulator/faults`, { method: "POST", headers, body });
  if (!answer.ok) throw new Error(`the Zustelldienst cannot be slowed down: ${answer.status}`);
}

/** One worker and then two, against a Zustelldienst that takes its time. */
async function scaling(world: Deliveries): Promise<Figure[]> {
  const [{ fileBytes, batch }] = SIZES;
  await slowDown(world, ANSWER_MS);
  const measure = async () => {
    const runs: { seconds: number; cpu: number }[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      const { seconds, cpuMs } = await world.deliver(await world.file(batch, fileBytes));
      runs.push({ seconds, cpu: cpuMs / batch });
    }
    return { seconds: median(runs.map(({ seconds }) => seconds)), cpu: median(runs.map(({ cpu }) => cpu)) };
  };
  const one = await measure();
  await world.startWorker();
  await world.deliver(await world.file(WARM, fileBytes));
  const two = await measure();
  await slowDown(world, 0);
  return [
    figureOf({ name: "delivery.twoWorkers.cpu", value: two.cpu / one.cpu, unit: "ratio", mode }, { atMost: 1.1 }),
    figureOf(
      { name: "delivery.twoWorkers.throughput", value: one.seconds / two.seconds, unit: "ratio", mode },
      { atLeast: 1.6 },
    ),
  ];
}

/** Memory of a fresh worker that is given applications of 50 MB. */
async function memory(world: Deliveries): Promise<Figure> {
  await world.stopWorkers();
  await world.startWorker();
  const { highestMb } = await world.deliver(await world.file(6, LARGE));
  return figureOf({ name: "delivery.50MB.memory", value: highestMb, unit: "MB", mode }, { atMost: 300 });
}

/**
 * Applications through one worker against hash, encryption and HTTP of the same bytes; what a second worker brings; and the
 * memory that applications of 50 MB take.
 */
export async function benchDelivery(): Promise<Figure[]> {
  const world = await startDeliveries();
  try {
    await world.startWorker();
    const figures: Figure[] = [];
    for (const size of SIZES) figures.push(...(await throughput(world, size)));
    figures.push(...(await scaling(world)), await memory(world));
    return figures;
  } finally {
    await world.stop();
  }
}
