// @ts-check
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { compressAssets } from "./compress.mjs";
import { lockHolder, takeLock } from "./lock.mjs";
import { commandFile, projectNode, withProjectTools } from "./node.mjs";
import { fromRoot } from "./paths.mjs";
import { runQuietly } from "./run.mjs";
import { Obstacle, say } from "./say.mjs";
import { contentHash, oncePer } from "./stamp.mjs";

const SOURCES = [
  "app",
  "flows",
  "locales",
  "config",
  "drizzle",
  "public",
  "remix.config.js",
  "vite.config.ts",
  "package.json",
  "package-lock.json",
];

/** Long enough for an installation on a slow line, in milliseconds. */
const OTHER_SETUP_DEADLINE = 10 * 60_000;

/**
 * Versions in a lockfile, without packages of other systems.
 * @param {string} file
 * @returns {Record<string, string>}
 */
function versionsIn(file) {
  const { packages } = JSON.parse(readFileSync(file, "utf8"));
  const wanted = Object.entries(packages).filter(
    ([path, entry]) => path !== "" && !entry.optional && !entry.devOptional,
  );
  return Object.fromEntries(wanted.map(([path, entry]) => [path, entry.version]));
}

/** True when somebody already ran `npm ci` for the present lockfile. */
function isInstalled() {
  const hidden = fromRoot("node_modules/.package-lock.json");
  if (!existsSync(hidden)) return false;
  const there = versionsIn(hidden);
  return Object.entries(versionsIn(fromRoot("package-lock.json"))).every(([path, version]) => there[path] === version);
}

async function install() {
  const state = createHash("sha256")
    .update(readFileSync(fromRoot("package-lock.json")))
    .digest("hex");
  const system = `${state} ${process.platform}-${process.arch}`;
  const needed = await oncePer(fromRoot("node_modules/.installed"), system, async () => {
    if (isInstalled()) return;
    say("Packages: installing (about a minute, only when the lockfile changed) …");
    const npm = process.env["npm_execpath"];
    const args = ["ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund"];
    if (npm) await runQuietly("npm ci", process.execPath, [npm, ...args], process.env);
    else await runQuietly("npm ci", process.platform === "win32" ? "npm.cmd" : "npm", args, process.env);
  });
  say(needed ? "Packages: ready." : "Packages: up to date.");
}

async function makeFonts() {
  if (!existsSync(fromRoot("app/cli/fonts.mjs"))) return;
  await runQuietly("Preparing the web fonts", projectNode(), [fromRoot("app/cli/fonts.mjs")], process.env);
  say("Fonts: ready.");
}

async function build() {
  const built = await oncePer(fromRoot("build/.stamp"), contentHash(SOURCES), async () => {
    say("Build: sources changed, building (about half a minute) …");
    rmSync(fromRoot("build"), { recursive: true, force: true });
    /** @type {NodeJS.ProcessEnv} */
    const env = { ...withProjectTools(process.env), NODE_ENV: "production" };
    await runQuietly("The build", projectNode(), [commandFile("@remix-run/dev", "remix"), "vite:build"], env);
    say("Build: compressing the assets …");
    await compressAssets(fromRoot("build/client"));
  });
  say(built ? "Build: ready." : "Build: up to date.");
}

/** Two commands started at once must not install and build over each other. */
async function takeSetupLock() {
  const file = fromRoot(".cache/setup.lock");
  mkdirSync(fromRoot(".cache"), { recursive: true });
  const deadline = Date.now() + OTHER_SETUP_DEADLINE;
  for (let told = false; ; told = true) {
    const lock = takeLock(file);
    if (lock.ok) return lock.release;
    if (Date.now() > deadline) throw new Obstacle(`process ${lockHolder(file)?.pid} has been setting up for too long.`);
    if (!told) say(`Another command (process ${lock.holder?.pid}) is setting up; waiting for it …`);
    await pause(300);
  }
}

/**
 * Brings packages, fonts and build up to date; does nothing that is done already.
 * @throws {Obstacle}
 */
export async function setUp() {
  const release = await takeSetupLock();
  try {
    await install();
    await makeFonts();
    await build();
  } finally {
    release();
  }
}
