import { PGlite } from "@electric-sql/pglite";
import pg from "pg";

type Query = (statement: string) => Promise<{ rows: Record<string, unknown>[] }>;

/** Everything that a database holds, table by table, as text: what a backup would hold. */
async function dump(query: Query): Promise<string> {
  const tables = await query(
    "select quote_ident(table_schema) || '.' || quote_ident(table_name) name from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'",
  );
  const parts: string[] = [];
  for (const { name } of tables.rows) {
    const { rows } = await query(`select t::text row from ${String(name)} t`);
    parts.push(String(name), ...rows.map(({ row }) => String(row)));
  }
  return parts.join("\n");
}

/** Dumps the embedded database of a data folder that no process uses. */
export async function dumpPglite(folder: string): Promise<string> {
  const lite = await PGlite.create({ dataDir: folder });
  try {
    return await dump((statement) => lite.query(statement));
  } finally {
    await lite.close();
  }
}

/** Dumps a PostgreSQL database, after it has written all it holds to its files; also says where these are. */
export async function dumpPostgres(connectionString: string): Promise<{ text: string; folder: string; oid: string }> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query("checkpoint");
    const place = await client.query<{ folder: string; oid: string }>(
      "select current_setting('data_directory') folder, oid::text from pg_database where datname = current_database()",
    );
    const [{ folder = "", oid = "" } = {}] = place.rows;
    return { text: await dump((statement) => client.query(statement)), folder, oid };
  } finally {
    await client.end();
  }
}
