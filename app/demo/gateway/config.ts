import { z } from "zod";
import { decisionMode, jsonText, loopbackHost, port, readSettings } from "../common/settings.ts";

const mailbox = z.object({ mailbox: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/), name: z.string().min(1) });

/** Folder of one authority, with the authority's name. */
export type Mailbox = z.infer<typeof mailbox>;

const environment = z
  .object({
    PORT: port(3006),
    SFTP_PORT: port(3007),
    HOST: loopbackHost,
    DATA_DIR: z.string().min(1),
    GATEWAYS_DIR: z.string().min(1),
    MAILBOXES: jsonText.pipe(z.array(mailbox)),
    SCHEMA_DIR: z.string().min(1),
    DECISION: decisionMode.default("accept"),
    POLL_MS: z.coerce.number().int().min(10).max(3_600_000).default(500),
  })
  .transform((env) => ({
    port: env.PORT,
    sftpPort: env.SFTP_PORT,
    host: env.HOST,
    dataDir: env.DATA_DIR,
    gatewaysDir: env.GATEWAYS_DIR,
    mailboxes: env.MAILBOXES,
    schemaDir: env.SCHEMA_DIR,
    decision: env.DECISION,
    pollMs: env.POLL_MS,
  }));

/** Settings of the simulator; `pollMs` in milliseconds, `gatewaysDir` takes what the online service needs to know. */
export type Config = z.output<typeof environment>;

/** Reads the settings from environment variables; the message names the first wrong variable in one line. */
export const readConfig = (env: Record<string, string | undefined>) => readSettings(environment, env);
