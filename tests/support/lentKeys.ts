import { constants, copyFileSync, existsSync, mkdirSync, readdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { fromRoot } from "#app/cli/paths.mjs";

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
