import { DeliveryError } from "../errors.ts";
import type { Found, Verdict } from "../transport.ts";
import type { DropOptions, Gateways } from "./config.server.ts";
import { ANSWERS, REFUSED } from "./layout.ts";
import { sha256 } from "./manifest.ts";
import type { Entry, Place } from "./place.ts";

/** Largest answer that is read. */
export const MOST_ANSWER_BYTES = 30_000_000;
/** A file that did not change for this long is complete. */
const QUIET_MS = 2_000;

type Take = (found: Found) => Promise<Verdict>;
type Look = { size: number; modifiedAt: number; at: number };

/** What was seen in the folders of answers, to notice files that still grow; this process only. */
export type Looks = Map<string, Look>;

/**
 * Hands over what lies in `answers`, oldest name first. What was taken is removed, what was refused is moved aside with the
 * word why. @throws what the first failing take threw, after all others had their turn
 */
export async function collect(gateways: Gateways, looks: Looks, options: DropOptions, take: Take): Promise<void> {
  const { gateway, mailbox } = options;
  await gateways.find(gateway).places.use(async (place) => {
    const lying = (await place.list(`${mailbox}/${ANSWERS}`)) ?? [];
    const files = lying.filter(isAnswer).toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const isQuiet = notice(looks, `${gateway}/${mailbox}/`, files, gateways.now());
    const failures: unknown[] = [];
    for (const file of files.filter(isQuiet)) {
      await takeOne(place, mailbox, file, take, gateways.now()).catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  });
}

function isAnswer({ name, kind }: Entry): boolean {
  return kind === "file" && !name.startsWith(".") && !/\.(part|tmp)$/i.test(name);
}

/** Clocks of gateways may be wrong: a file is quiet by its own time, or if it stayed the same between two looks. */
function notice(looks: Looks, folder: string, files: readonly Entry[], now: number): (file: Entry) => boolean {
  const before = new Map(looks);
  for (const key of before.keys()) if (key.startsWith(folder)) looks.delete(key);
  const quiet = new Set<string>();
  for (const { name, size, modifiedAt } of files) {
    const last = before.get(folder + name);
    const isSame = last?.size === size && last.modifiedAt === modifiedAt;
    looks.set(folder + name, isSame ? last : { size, modifiedAt, at: now });
    const isOld = modifiedAt <= now - QUIET_MS && (last === undefined || isSame);
    if (isOld || (isSame && last.at <= now - QUIET_MS)) quiet.add(name);
  }
  return ({ name }) => quiet.has(name);
}

async function takeOne(place: Place, mailbox: string, file: Entry, take: Take, now: number): Promise<void> {
  const path = `${mailbox}/${ANSWERS}/${file.name}`;
  let hash: string | undefined;
  const read = async () => {
    if (file.size > MOST_ANSWER_BYTES) throw new DeliveryError("tooLarge", false);
    const bytes = await place.read(path, MOST_ANSWER_BYTES);
    if (!bytes) throw new DeliveryError("unreadable", true, { cause: new Error("The file went away") });
    hash = sha256(bytes);
    return bytes;
  };
  const verdict = await take({ name: file.name, size: file.size, read }).catch((error: unknown): Verdict => {
    if (error instanceof DeliveryError && error.code === "tooLarge") return { kind: "refused", code: "tooLarge" };
    throw error;
  });
  if (verdict.kind === "taken") await place.remove(path);
  if (verdict.kind === "refused") await putAside(place, mailbox, file, { code: verdict.code, hash, now });
}

/** Moves a refused file out of the way of the next ones; its own name may name a person and is made harmless, not shown. */
async function putAside(
  place: Place,
  mailbox: string,
  { name, size }: Entry,
  { code, hash, now }: { code: string; hash: string | undefined; now: number },
): Promise<void> {
  const folder = `${mailbox}/${REFUSED}`;
  await place.makeFolder(folder);
  const at = new Date(now).toISOString();
  const plain = name.replace(/[^A-Za-z0-9.-]/g, "_").slice(-80);
  const target = `${folder}/${at.replace(/[:.]/g, "-")}-${hash?.slice(0, 12) ?? "unread"}-${plain}`;
  const outcome = await place.rename(`${mailbox}/${ANSWERS}/${name}`, target);
  if (outcome === "gone") return;
  if (outcome === "taken") throw new DeliveryError("refused", true, { cause: new Error("The name is in use") });
  const reason = { code, at, size, ...(hash === undefined ? {} : { sha256: hash }) };
  await place.write(`${target}.reason.json`, Buffer.from(`${JSON.stringify(reason)}\n`));
}
