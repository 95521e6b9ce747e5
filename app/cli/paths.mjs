// @ts-check
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** Root folder of the project. */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/**
 * A path below the project root.
 * @param {string[]} parts
 */
export const fromRoot = (...parts) => join(ROOT, ...parts);

/**
 * Folder of everything the service keeps, absolute; `DATA_DIR`, by default `.data` in the project.
 * @param {Record<string, string | undefined>} env
 */
export const dataDirOf = (env) => resolve(ROOT, env["DATA_DIR"] || ".data");

/**
 * A path that somebody typed, absolute: npm changes to the root of the project and says where it was started.
 * @param {string} path
 */
export const asTyped = (path) => resolve(process.env["INIT_CWD"] ?? process.cwd(), path);
