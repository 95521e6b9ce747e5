import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres } from "#tests/support/postgresServer.ts";
import { startStack, type Stack } from "#tests/support/service.ts";
import type { Figure } from "./figures.ts";

/** A running demo of the present build, as production runs it, with the database it uses. */
export type Measured = { stack: Stack; mode: NonNullable<Figure["mode"]>; stop: () => Promise<void> };

/** Starts the demo on PostgreSQL; without worker it is a process that serves pages only. */
export async function startOnPostgres({ worker = true } = {}): Promise<Measured> {
  const server = await startPostgres();
  const stack = await startStack({ env: { DATABASE_URL: server.template, WORKER: worker ? "on" : "off" } });
  const stop = async () => {
    await stack.stop();
    await server.stop();
  };
  return { stack, mode: "PostgreSQL", stop };
}

/** Starts the demo on the embedded database. */
export async function startOnPglite(): Promise<Measured> {
  const dataDir = mkdtempSync(join(tmpdir(), "aufenthalt-bench-"));
  const stack = await startStack({ dataDir });
  const stop = async () => {
    await stack.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { stack, mode: "PGlite", stop };
}
