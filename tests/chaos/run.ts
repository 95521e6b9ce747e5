import { existsSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { chaos, type Outcome, type Progress } from "./chaos.ts";
import { parseOptions, USAGE, type ChaosOptions } from "./options.ts";
import { planOf } from "./plan.ts";
import { randomFrom } from "./random.ts";

const EXPLAIN = 20;

function tellPlan(options: ChaosOptions): void {
  const { seed, seconds, drainSeconds, database } = options;
  const kinds = planOf(randomFrom(seed).branch(2), options).map(({ strike }) => strike.kind);
  const count = (kind: string) => kinds.filter((one) => one === kind).length;
  const words = ["kill", "restart", "freeze", "database", "fault", "rotateKey"].map((kind) => `${count(kind)} ${kind}`);
  console.error(`chaos: seed ${seed}, ${database}, ${seconds} s of storm, then up to ${drainSeconds} s of calm`);
  console.error(`chaos: planned are ${words.join(", ")}`);
}

function tellProgress(begun: number): (progress: Progress) => void {
  return ({ phase, filed, acknowledged, accepted, struck }) => {
    const blows = [...struck.values()].reduce((sum, times) => sum + times, 0);
    const seconds = Math.round((Date.now() - begun) / 1_000);
    const arrived = accepted === undefined ? "" : `, ${accepted} accepted`;
    console.error(
      `chaos: ${seconds} s, ${phase}: ${filed} filed, ${acknowledged} acknowledged${arrived}, ${blows} blows`,
    );
  };
}

/** Everything that must not be; nothing if all is well. */
function failures({ figures, complaints, findings }: Outcome): string[] {
  return [
    ...(figures.lost > 0 ? [`${figures.lost} lost`] : []),
    ...(figures.doubled > 0 ? [`${figures.doubled} doubled`] : []),
    ...complaints,
    ...findings.surprises.map((line) => `in a log: ${line}`),
    ...findings.personal.map((file) => `an applicant's name stands in ${file}`),
  ];
}

/**
 * `npm run chaos`: see `USAGE`. Progress on the error output; the last line on standard output is one JSON object.
 * Exit 0: all is well; 1: something is not, or nothing could be proven; 2: cannot be run so.
 */
async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  if (!options) {
    console.error(USAGE);
    return 2;
  }
  if (!existsSync("build/server/index.js")) {
    console.error("chaos: nothing is built; npm run build");
    return 2;
  }
  const stopping = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => stopping.abort(new Error(name)));
  tellPlan(options);
  const outcome = await chaos(options, stopping.signal, tellProgress(Date.now())).catch((error: unknown) => {
    if (!stopping.signal.aborted) throw error;
    console.error("chaos: stopped before the end, nothing is proven");
  });
  if (!outcome) return 1;
  const wrong = failures(outcome);
  if (wrong.length === 0) rmSync(dirname(outcome.logs), { recursive: true, force: true });
  else {
    for (const line of wrong.slice(0, EXPLAIN)) console.error(`chaos: ${line}`);
    if (wrong.length > EXPLAIN) console.error(`chaos: and ${wrong.length - EXPLAIN} more`);
    console.error(`chaos: codes in the logs ${JSON.stringify(outcome.findings.codes)}`);
    console.error(`chaos: logs are in ${outcome.logs}`);
  }
  console.log(JSON.stringify(outcome.figures));
  return wrong.length === 0 ? 0 : 1;
}

process.exitCode = await main();
