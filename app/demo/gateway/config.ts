import { z } from "zod";

const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]", "::1"]);

/** True for a host name that never leaves this computer. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.has(hostname);
}

const mailbox = z.object({ mailbox: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/), name: z.string().min(1) });

/** Folder of one authority, with the authority's name. */
export type Mailbox = z.infer<typeof mailbox>;

const decisionMode = z.enum(["accept", "reject", "manual"]);

/** What happens with a correct message: taken over or refused at once, or left for the clerk. */
export type DecisionMode = z.infer<typeof decisionMode>;

const jsonText = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: "custom", message: "is not JSON" });
    return z.NEVER;
  }
});

const port = z.coerce.number().int().min(0).max(65_535);

const environment = z
  .object({
    PORT: port.default(3006),
    SFTP_PORT: port.default(3007),
    HOST: z.string().default("127.0.0.1").refine(isLoopback, "must be a loopback address"),
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
export function readConfig(
  env: Record<string, string | undefined>,
): { ok: true; config: Config } | { ok: false; message: string } {
  const parsed = environment.safeParse(env);
  if (parsed.success) return { ok: true, config: parsed.data };
  const issue = parsed.error.issues[0];
  const name = issue ? issue.path.join(".") : "environment";
  return { ok: false, message: `${name}: ${issue?.message ?? "is not valid"}` };
}
