import { z } from "zod";
import { loopbackHost, port, readSettings } from "../common/settings.ts";

const environment = z
  .object({
    PORT: port(3004),
    SMTP_PORT: port(3005),
    HOST: loopbackHost,
    DATA_DIR: z.string().min(1),
  })
  .transform(({ PORT, SMTP_PORT, HOST, DATA_DIR }) => ({
    port: PORT,
    smtpPort: SMTP_PORT,
    host: HOST,
    dataDir: DATA_DIR,
  }));

/** Settings of the mailbox: port of its pages, port that takes mails, loopback address, folder of its journal. */
export type Config = z.output<typeof environment>;

/** Reads the settings from environment variables; the message names the first wrong variable in one line. */
export const readConfig = (env: Record<string, string | undefined>) => readSettings(environment, env);
