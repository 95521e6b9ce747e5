import type { Logger } from "pino";
import type { Config } from "#app/config/load.server.ts";
import type { Transport } from "#app/connector/transport.ts";
import type { Database } from "#app/db.server.ts";
import type { Env } from "#app/env.server.ts";
import type { ImagePool } from "#app/images/pool.server.ts";
import type { Keys } from "#app/keys.server.ts";
import type { Limits } from "#app/limits.server.ts";
import type { BlobStore } from "#app/store/blobs.server.ts";
import type { Standard } from "#flows/delivery/standard.ts";
import type { LawRow } from "#flows/law/law.ts";
import type { IsoDate } from "#flows/engine/dates.ts";

/** Everything a request or the worker needs, made once at start and passed inward. */
export type App = {
  env: Env;
  config: Config;
  keys: Keys;
  database: Database;
  blobs: BlobStore;
  images: ImagePool;
  transports: ReadonlyMap<string, Transport>;
  /** Versions of standards for messages to authorities, by id. */
  standards: ReadonlyMap<string, Standard>;
  lawRows: readonly LawRow[];
  limits: Limits;
  log: Logger;
  now: () => Date;
  /** The calendar date in Europe/Berlin. */
  today: () => IsoDate;
};
