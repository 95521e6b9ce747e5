import { z } from "zod";
import { isLoopback, loopbackHost, port, readSettings } from "../common/settings.ts";

const loopbackUrl = z
  .url()
  .refine(
    (url) => URL.canParse(url) && isLoopback(new URL(url).hostname),
    "must be on 127.0.0.1 or localhost (a simulator logs nobody in elsewhere)",
  );

/** Addresses separated by blanks. */
const addresses = z
  .string()
  .transform((text) => text.split(/\s+/).filter(Boolean))
  .pipe(z.array(loopbackUrl).min(1));

const environment = z
  .object({
    PORT: port(3003),
    HOST: loopbackHost,
    DATA_DIR: z.string().min(1),
    CLIENT_ID: z.string().min(1),
    CLIENT_SECRET: z.string().min(1),
    REDIRECT_URIS: addresses,
    LOGOUT_URIS: addresses,
  })
  .transform((env) => ({
    port: env.PORT,
    host: env.HOST,
    dataDir: env.DATA_DIR,
    clientId: env.CLIENT_ID,
    clientSecret: env.CLIENT_SECRET,
    redirectUris: env.REDIRECT_URIS,
    logoutUris: env.LOGOUT_URIS,
  }));

/** Settings of the simulator. */
export type Config = z.output<typeof environment>;

/** Reads the settings from environment variables; the message names the first wrong variable in one line. */
export const readConfig = (env: Record<string, string | undefined>) => readSettings(environment, env);
