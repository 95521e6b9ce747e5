// @ts-check
import { spawn } from "node:child_process";
import { ROOT } from "./paths.mjs";
import { Obstacle } from "./say.mjs";

const DISK_FULL = /ENOSPC|no space left/i;

/**
 * Runs a command of the set-up silently and shows its output only when it fails.
 * @param {string} what what it does, for the message
 * @param {string} file
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<void>}
 * @throws {Obstacle}
 */
export function runQuietly(what, file, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
    const stop = () => {
      child.kill("SIGTERM");
      process.exit(1);
    };
    // Asked to end in the middle of it: an installation must not go on behind the back of the next start.
    process.on("SIGTERM", stop).on("SIGINT", stop);
    let output = "";
    const collect = (/** @type {Buffer} */ chunk) => {
      output = (output + chunk.toString()).slice(-8000);
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.on("error", (error) => reject(new Obstacle(`${what} could not be started: ${error.message}`)));
    child.on("close", (code) => {
      process.off("SIGTERM", stop).off("SIGINT", stop);
      if (code === 0) return resolve();
      if (DISK_FULL.test(output))
        return reject(new Obstacle(`${what} failed, the disk is full. Free some space and try again.`));
      console.error(output);
      reject(new Obstacle(`${what} failed (exit code ${code}); its output stands above.`));
    });
  });
}
