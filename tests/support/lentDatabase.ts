import { randomUUID } from "node:crypto";
import { constants, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { cp } from "node:fs/promises";
import { basename, join } from "node:path";
import { fromRoot, ROOT } from "#app/cli/paths.mjs";
import { contentHash } from "#app/cli/stamp.mjs";
import { openDatabase } from "#app/db.server.ts";

const DATABASES = fromRoot(".cache/empty-database");
/** What an empty database depends on: the schema, who sets it up, and the version of PGlite and of the queue. */
const MADE_OF = ["drizzle", "app/db.server.ts", "package-lock.json"];

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
