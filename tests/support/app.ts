import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { App } from "#app/context.server.ts";
import { createApp } from "#app/createApp.server.ts";
import { parseEnv } from "#app/env.server.ts";
import { lendDatabase } from "./lentDatabase.ts";
import { createDatabase } from "./postgres.ts";

const TODAY = "2026-11-21";

/** The parts of the service in this process, without HTTP and worker; `close` also removes its data folder. */
export type TestApp = { app: App; close: () => Promise<void> };

/** What the service runs on. */
export const databaseKinds = ["PGlite", "PostgreSQL"] as const;

/** Makes the parts on a fresh data folder and an empty database. */
export async function openApp(kind: (typeof databaseKinds)[number] = "PGlite"): Promise<TestApp> {
  const dataDir = mkdtempSync(join(tmpdir(), "app-"));
  const database = kind === "PostgreSQL" ? await createDatabase() : undefined;
  if (database === undefined) await lendDatabase(dataDir);
  const env = parseEnv({
    MODE: "demo",
    CLOCK: TODAY,
    LOG_LEVEL: "silent",
    DATA_DIR: dataDir,
    DATABASE_URL: database?.url,
  });
  const app = await createApp(env, process.cwd());
  const close = async () => {
    await app.database.close();
    await database?.drop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { app, close };
}
