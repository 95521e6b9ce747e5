import { z } from "zod";

const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]", "::1"]);

/** True for a host name that never leaves this computer. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.has(hostname);
}

const port = (standard: number) => z.coerce.number().int().min(0).max(65_535).default(standard);

const environment = z
  .object({
    PORT: port(3004),
    SMTP_PORT: port(3005),
    HOST: z.string().default("127.0.0.1").refine(isLoopback, "must be a loopback address"),
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
export function readConfig(
  env: Record<string, string | undefined>,
): { ok: true; config: Config } | { ok: false; message: string } {
  const parsed = environment.safeParse(env);
  if (parsed.success) return { ok: true, config: parsed.data };
  const issue = parsed.error.issues[0];
  const name = issue ? issue.path.join(".") : "environment";
  return { ok: false, message: `${name}: ${issue?.message ?? "is not valid"}` };
}
