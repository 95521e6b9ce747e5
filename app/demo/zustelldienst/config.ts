import { z } from "zod";
import { StartupError } from "./startup-error.ts";

/** A registered client of the simulator: an online service (sender) or an authority system (subscriber). */
export const clientSchema = z.object({
  id: z.string().min(1),
  secret: z.string().min(1),
  role: z.enum(["sender", "subscriber"]),
});

/** See {@link clientSchema}. */
export type Client = z.infer<typeof clientSchema>;

const LOOPBACK = new Set(["127.0.0.1", "::1", "localhost"]);

const clientsFromJson = z.string().transform((text, context) => {
  try {
    return z.array(clientSchema).parse(JSON.parse(text));
  } catch {
    context.addIssue({ code: "custom", message: "must be a JSON array of {id, secret, role: sender|subscriber}" });
    return z.NEVER;
  }
});

const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3001),
  HOST: z.string().default("127.0.0.1"),
  DATA_DIR: z.string().min(1),
  CLIENTS: clientsFromJson,
  PUBLIC_URL: z.url().optional(),
  RATE_LIMIT: z.coerce.number().int().min(1).optional(),
});

/** Settings of a simulator, however it is started. */
export interface Settings {
  port: number;
  host: string;
  dataDir: string;
  clients: Client[];
  publicUrl?: string;
  rateLimitPerMinute?: number;
}

/** Parses the environment once; throws a {@link StartupError} that names the variable at fault. */
export function settingsFromEnvironment(env: Record<string, string | undefined>): Settings {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new StartupError(`settings are wrong: ${faults.join("; ")}`);
  }
  const { PORT, HOST, DATA_DIR, CLIENTS, PUBLIC_URL, RATE_LIMIT } = parsed.data;
  return {
    port: PORT,
    host: HOST,
    dataDir: DATA_DIR,
    clients: CLIENTS,
    ...(PUBLIC_URL ? { publicUrl: PUBLIC_URL } : {}),
    ...(RATE_LIMIT ? { rateLimitPerMinute: RATE_LIMIT } : {}),
  };
}

/** Throws unless the settings keep the simulator on this machine and away from the names of the real service. */
export function requireSafeSettings(settings: Settings): void {
  if (!isLoopbackHost(settings.host)) throw new StartupError(`HOST ${settings.host} is not a loopback address`);
  const ids = settings.clients.map((client) => client.id);
  if (new Set(ids).size !== ids.length) throw new StartupError("CLIENTS names the same id twice");
  if (settings.publicUrl && isRealHost(new URL(settings.publicUrl).hostname)) {
    throw new StartupError("PUBLIC_URL is an address of the real service; this is a simulator");
  }
}

/** Whether a host name means this machine. */
export function isLoopbackHost(host: string): boolean {
  return LOOPBACK.has(host.replace(/^\[|\]$/g, "").toLowerCase());
}

function isRealHost(host: string): boolean {
  return /(^|\.)(fitko\.(de|dev|net)|niedersachsen\.de)$/i.test(host);
}
