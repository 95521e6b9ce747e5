import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { applyTogether } from "./family.ts";
import { openPhone } from "./phone.ts";
import { newTally } from "./tally.ts";

const PROGRESS_MS = 1_000;

/**
 * A process of people: families arrive at the service one after the other and go on as soon as a page has come. Its arguments
 * are the address, how many arrive in a second, and the sizes of the families, separated by commas. It tells how many have
 * filed once a second, and at its end, or when it is asked to stop, everything that it has seen.
 */
const [, , address, rate, list] = process.argv;
const base = new URL(z.url().parse(address));
const perSecond = z.coerce.number().positive().parse(rate);
const sizes = z.array(z.coerce.number().int().min(1)).parse(list?.split(","));

const tally = newTally();
const stopping = new AbortController();
const tell = (message: object) => new Promise((resolve) => process.send?.(message, resolve));
const filed = () => tally.filings.filter(({ reference }) => reference !== undefined).length;

async function live(size: number, family: number): Promise<void> {
  const phone = openPhone(base, "uk", tally, stopping.signal);
  try {
    await pause((family * 1_000) / perSecond, undefined, { signal: stopping.signal });
    await applyTogether(phone, family, size, tally);
  } catch (error) {
    if (!stopping.signal.aborted) tally.complain(error instanceof Error ? error.message : "unknown");
  } finally {
    phone.close();
  }
}

process.once("message", () => stopping.abort());
const timer = setInterval(() => void tell({ filed: filed() }), PROGRESS_MS);
await Promise.race([
  Promise.all(sizes.map(live)),
  new Promise((resolve) => stopping.signal.addEventListener("abort", resolve)),
]);
clearInterval(timer);
await tell({ filed: filed(), report: tally.report() });
process.disconnect();
process.exit(0);
