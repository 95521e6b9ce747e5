import { describe, expect, test } from "vitest";
import { isFaultMode } from "#app/demo/zustelldienst/faultModes.ts";
import { planOf, type Strike } from "./plan.ts";
import { randomFrom } from "./random.ts";

const long = { seconds: 300, database: "postgres" } as const;
const plan = planOf(randomFrom(7), long);
const faults = plan.flatMap(({ strike }) => (strike.kind === "fault" ? [strike.fault.mode] : []));
const namesOf = (kind: Strike["kind"]) =>
  plan.flatMap(({ strike }) => (strike.kind === kind ? ["target" in strike ? strike.target : ""] : []));

const longestFreeze = (seconds: number) =>
  Math.max(
    ...planOf(randomFrom(7), { ...long, seconds }).map(({ strike }) => (strike.kind === "freeze" ? strike.forMs : 0)),
  );

describe("the plan of a storm", () => {
  test("is the same for the same seed and another for another", () => {
    expect(planOf(randomFrom(7), long)).toEqual(plan);
    expect(planOf(randomFrom(8), long)).not.toEqual(plan);
  });

  test("kills every process and disturbs the database in every way within five minutes", () => {
    const parts = ["web1", "web2", "worker1", "worker2", "zustelldienst", "fachverfahren", "gateway"];
    expect(new Set(namesOf("kill"))).toEqual(new Set(parts));
    const ways = plan.flatMap(({ strike }) => (strike.kind === "database" ? [strike.how] : []));
    expect(new Set(ways).size).toBe(4);
  });

  test("names faults that the Zustelldienst knows, and falsifies what it keeps only once in each way", () => {
    expect(faults.filter((mode) => !isFaultMode(mode))).toEqual([]);
    expect(new Set(faults).size).toBe(21);
    for (const mode of ["lying", "foreign-key"]) expect(faults.filter((one) => one === mode)).toHaveLength(1);
  });

  test("lets a worker stand still for longer than any lease when there is time for it", () => {
    expect(longestFreeze(300)).toBeGreaterThan(90_000);
    expect(longestFreeze(60)).toBeLessThan(10_000);
  });

  test("knows on the embedded database one process beside the simulators", () => {
    const targets = planOf(randomFrom(7), { seconds: 300, database: "pglite" }).flatMap(({ strike }) =>
      "target" in strike ? [strike.target] : [],
    );
    expect(new Set(targets)).toEqual(new Set(["service", "zustelldienst", "fachverfahren", "gateway"]));
  });
});
