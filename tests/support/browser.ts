import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** A Chromium that can be launched; `env` adds what the program loader needs on a system without its libraries. */
export type Browser = { executablePath: string; env: Record<string, string> };

/** Sandbox off, since tests run as root in containers too; no talk with the outside; the same glyphs everywhere. */
export const browserArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--font-render-hinting=none",
];

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const PACKAGE = join(ROOT, "node_modules/@sparticuz/chromium");
const SYSTEM_BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/**
 * The browser of the tests: `CHROMIUM_PATH`, else the packed Chromium of the npm package (unpacked once, about 4 s),
 * else a system Chromium where that package has no build.
 */
export async function findBrowser(): Promise<Browser> {
  const chosen = process.env["CHROMIUM_PATH"];
  if (chosen) return { executablePath: chosen, env: {} };
  if (process.platform === "linux" && process.arch === "x64") return unpacked();
  const system = SYSTEM_BROWSERS.find((path) => existsSync(path));
  if (system) return { executablePath: system, env: {} };
  throw new Error("No Chromium for this system: install one and set CHROMIUM_PATH to it");
}

async function unpacked(): Promise<Browser> {
  const { version } = JSON.parse(readFileSync(join(PACKAGE, "package.json"), "utf8")) as { version: string };
  const folder = join(ROOT, "node_modules/.cache", `chromium-${version}`);
  if (!existsSync(folder)) await unpackTo(folder);
  const libraries = [join(folder, "al2023/lib"), process.env["LD_LIBRARY_PATH"]].filter(Boolean).join(":");
  return { executablePath: join(folder, "chromium"), env: { LD_LIBRARY_PATH: libraries } };
}

/**
 * The package unpacks into the shared temporary folder under fixed names and takes a half-written file of another run
 * for good. So it gets a folder of its own, which appears under its final name only when it is complete.
 */
async function unpackTo(folder: string): Promise<void> {
  const draft = `${folder}.${process.pid}`;
  const before = process.env["TMPDIR"];
  mkdirSync(draft, { recursive: true });
  try {
    process.env["TMPDIR"] = draft;
    const { default: chromium, inflate } = await import("@sparticuz/chromium");
    await chromium.executablePath();
    await inflate(join(PACKAGE, "bin/al2023.tar.br"));
  } finally {
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
  }
  try {
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    // Another process was faster with the same content.
    if (!existsSync(folder)) throw error;
  }
}

if (import.meta.main) {
  const { executablePath } = await findBrowser();
  process.stdout.write(`${dirname(executablePath)}\n`);
}
