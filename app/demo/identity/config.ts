import { z } from "zod";

const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]", "::1"]);

/** True for a host name that never leaves this computer. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.has(hostname);
}

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
    PORT: z.coerce.number().int().min(0).max(65535).default(3003),
    HOST: z.string().default("127.0.0.1").refine(isLoopback, "must be a loopback address"),
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
export function readConfig(
  env: Record<string, string | undefined>,
): { ok: true; config: Config } | { ok: false; message: string } {
  const parsed = environment.safeParse(env);
  if (parsed.success) return { ok: true, config: parsed.data };
  const issue = parsed.error.issues[0];
  const name = issue ? issue.path.join(".") : "environment";
  return { ok: false, message: `${name}: ${issue?.message ?? "is not valid"}` };
}
