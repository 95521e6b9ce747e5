import { randomUUID } from "node:crypto";
import { constants, copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { cp } from "node:fs/promises";
import { basename, join } from "node:path";
import { openDatabase } from "../../app/db.server.ts";
import { fromRoot, ROOT } from "../../app/cli/paths.mjs";
import { contentHash } from "../../app/cli/stamp.mjs";

const DATABASES = fromRoot(".cache/empty-database");
/** What an empty database depends on: the schema, who sets it up, and the version of PGlite and of the queue. */
const MADE_OF = ["drizzle", "app/db.server.ts", "package-lock.json"];

const KEPT = fromRoot(".cache/demo-keys");

const keysOf = (dataDir: string) => join(dataDir, "demo", "fachverfahren", "keys");
const keyFiles = (folder: string) =>
  existsSync(folder) ? readdirSync(folder).filter((name) => /^[^.].*\.json$/.test(name)) : [];

/**
 * Gives the demo Fachverfahren of a new data folder the keys that an earlier one made: making its RSA-4096 keys takes eight
 * seconds of a core, and every test file starts one.
 */
export function lendKeys(dataDir: string): void {
  const folder = keysOf(dataDir);
  // A folder that was used before has keys of its own, which a test may have changed.
  if (existsSync(folder)) return;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of keyFiles(KEPT)) copyFileSync(join(KEPT, name), join(folder, name), constants.COPYFILE_EXCL);
}

/** Keeps the keys of a demo Fachverfahren that is running, for those to come. */
export function keepKeys(dataDir: string): void {
  mkdirSync(KEPT, { recursive: true, mode: 0o700 });
  const folder = keysOf(dataDir);
  for (const name of keyFiles(folder).filter((each) => !existsSync(join(KEPT, each)))) {
    // Others start at the same time: nobody may find half a file.
    const part = join(KEPT, `.${name}.${process.pid}`);
    copyFileSync(join(folder, name), part);
    renameSync(part, join(KEPT, name));
  }
}

/**
 * Gives a new data folder an empty PGlite that was set up once: its first start takes two to three seconds of a core, a later
 * one a sixth. `npm start` itself (`startDemo`) always makes its own.
 */
export async function lendDatabase(dataDir: string): Promise<void> {
  const folder = join(dataDir, "pglite");
  if (existsSync(folder)) return;
  const kept = join(DATABASES, contentHash(MADE_OF).slice(0, 16));
  if (!existsSync(kept)) await makeDatabase(kept);
  await cp(join(kept, "pglite"), folder, { recursive: true, mode: constants.COPYFILE_FICLONE });
}

/** Sets up an empty database in `kept` and removes those of earlier states; who makes it beside another takes theirs. */
async function makeDatabase(kept: string): Promise<void> {
  const part = join(DATABASES, `.${randomUUID()}`);
  mkdirSync(DATABASES, { recursive: true });
  const earlier = readdirSync(DATABASES).filter((name) => !name.startsWith(".") && name !== basename(kept));
  for (const name of earlier) rmSync(join(DATABASES, name), { recursive: true, force: true });
  const database = await openDatabase({ root: ROOT, dataDir: part });
  await database.close();
  try {
    renameSync(part, kept);
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    if (!existsSync(kept)) throw error;
  }
}
