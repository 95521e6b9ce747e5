// @ts-check
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fromRoot } from "./paths.mjs";

/** Files that never reach the product: a changed test needs no new build. */
const TEST_FILE = /\.test\.tsx?$/;

/**
 * All files below `path`, sorted, so that the same tree gives the same list on every system.
 * @param {string} path
 * @returns {string[]}
 */
export function filesBelow(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .toSorted()
    .flatMap((name) => filesBelow(join(path, name)));
}

/**
 * One hash over names and contents of files and folders given relative to the project root; absent ones are skipped.
 * @param {readonly string[]} paths
 */
export function contentHash(paths) {
  const hash = createHash("sha256");
  for (const file of paths.flatMap((path) => filesBelow(fromRoot(path)))) {
    if (TEST_FILE.test(file)) continue;
    const content = readFileSync(file);
    hash.update(`${file.slice(fromRoot().length)}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

/**
 * Runs `work` unless it already ran for the same `state`. A broken-off run leaves no stamp and is done again.
 * @param {string} file
 * @param {string} state
 * @param {() => Promise<void>} work
 * @returns {Promise<boolean>} whether the work was needed
 */
export async function oncePer(file, state, work) {
  if (existsSync(file) && readFileSync(file, "utf8") === state) return false;
  rmSync(file, { force: true });
  await work();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, state);
  return true;
}
