import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { figureOf, median, type Figure } from "../figures.ts";

const RUNS = 3;
const MIB = 1024 * 1024;

/** Memory in use after everything that nobody holds any more is gone. */
function heldBytes(): number {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Time of finding the competent authority for a postal code and place of all of Germany, and what the data hold. */
export async function benchCompetence(): Promise<Figure[]> {
  const before = heldBytes();
  const { allPlaces, competentFor } = await import("#app/reference.server.ts");
  const places = allPlaces();
  const memory = (heldBytes() - before) / MIB;
  for (const { plz, place } of places) competentFor(plz, place);
  const times = Array.from({ length: RUNS }, () => {
    const begun = performance.now();
    for (const { plz, place } of places) competentFor(plz, place);
    return (performance.now() - begun) / places.length;
  });
  return [
    figureOf({ name: "competence.lookup", value: median(times), unit: "ms" }, { atMost: 0.1 }),
    figureOf({ name: "competence.memory", value: memory, unit: "MB" }, { atMost: 30 }),
  ];
}
