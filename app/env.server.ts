import { join, resolve } from "node:path";
import { crossVariableProblems, fitConnectKeys, isLoopback, type Variables } from "#app/env/rules.server.ts";
import { variables } from "#app/env/variables.server.ts";
import { suggestion } from "#app/config/nearest.ts";
import type { IsoDate } from "#flows/engine/dates.ts";

/** Addresses and credentials of the FIT-Connect delivery service (Zustelldienst). */
export type FitConnectEnv = {
  tokenUrl: string;
  submissionUrl: string;
  destinationUrl: string;
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Accepts encryption keys without certificate chain: simulators and the public test environment only. */
  allowKeyWithoutCert: boolean;
};

/** The environment, read once and checked. Nothing else reads `process.env`. */
export type Env = {
  mode: "demo" | "production";
  port: number;
  host: string;
  /** Scheme, host and port under which browsers reach the service, without slash at the end. */
  publicUrl: string;
  configEnv: string;
  /** Absolute path. */
  dataDir: string;
  /** Absolute path of the folder with the keys. */
  keysDir: string;
  /** PostgreSQL; without it the embedded PGlite below `dataDir`. */
  databaseUrl: string | undefined;
  /** Fixed calendar date of the service, demo only. */
  clock: IsoDate | undefined;
  logLevel: "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "silent";
  /** How many proxies in front may be believed about the caller's address. */
  trustedProxyHops: number;
  /** Processes that convert pictures: how many, memory of each in MB, milliseconds for one picture. */
  images: { size: number; memoryMb: number; timeoutMs: number };
  fitConnect: FitConnectEnv | undefined;
  /** Whether this process also delivers. */
  worker: boolean;
};

/** The environment cannot be used; `problems` has everything at once, without any secret. Trying again never helps. */
export class EnvError extends Error {
  readonly code = "envInvalid";
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    const list = problems.map((problem) => `- ${problem}`);
    super(["The environment cannot be used. docs/operation.md explains every variable.", ...list].join("\n"));
    this.name = "EnvError";
    this.problems = problems;
  }
}

type Source = Readonly<Record<string, string | undefined>>;

/** Variables that look like ours and are not: a typing error would otherwise be passed over in silence. */
function misspelt(source: Source): string[] {
  const known = Object.keys(variables.shape);
  return Object.keys(source)
    .filter((name) => name.startsWith("FITCONNECT_") && !known.includes(name))
    .map((name) => `${name} is unknown. ${suggestion(name, fitConnectKeys)}`);
}

function fitConnectOf(values: Variables): FitConnectEnv | undefined {
  const { FITCONNECT_TOKEN_URL: tokenUrl, FITCONNECT_SUBMISSION_URL: submissionUrl } = values;
  const { FITCONNECT_DESTINATION_URL: destinationUrl, FITCONNECT_ISSUER: issuer } = values;
  const { FITCONNECT_CLIENT_ID: clientId, FITCONNECT_CLIENT_SECRET: clientSecret } = values;
  if (!tokenUrl || !submissionUrl || !destinationUrl || !issuer || !clientId || !clientSecret) return undefined;
  const allowKeyWithoutCert = values.FITCONNECT_ALLOW_KEY_WITHOUT_CERT === "yes";
  return { tokenUrl, submissionUrl, destinationUrl, issuer, clientId, clientSecret, allowKeyWithoutCert };
}

function localUrl(host: string, port: number): string {
  return `http://${isLoopback(host) && host.includes(":") ? `[${host}]` : host}:${port}`;
}

/**
 * Checks the variables of the environment; an empty variable counts as not set. Relative paths begin at `root`.
 * @throws EnvError with all problems in plain words; values of secrets are never in them.
 */
export function parseEnv(source: Source, root: string = process.cwd()): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim()));
  const parsed = variables.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join(".")} ${message}.`);
    throw new EnvError([...problems, ...misspelt(given)]);
  }
  const values = parsed.data;
  const publicUrl = values.PUBLIC_URL ?? localUrl(values.HOST, values.PORT);
  const problems = [...misspelt(given), ...crossVariableProblems({ ...values, PUBLIC_URL: publicUrl })];
  if (problems.length > 0) throw new EnvError(problems);
  const dataDir = resolve(root, values.DATA_DIR);
  return {
    mode: values.MODE,
    port: values.PORT,
    host: values.HOST,
    publicUrl,
    configEnv: values.CONFIG_ENV,
    dataDir,
    keysDir: values.KEYS_DIR === undefined ? join(dataDir, "keys") : resolve(root, values.KEYS_DIR),
    databaseUrl: values.DATABASE_URL,
    clock: values.CLOCK,
    logLevel: values.LOG_LEVEL,
    trustedProxyHops: values.TRUSTED_PROXY,
    images: {
      size: values.IMAGE_WORKERS,
      memoryMb: values.IMAGE_MEMORY_MB,
      timeoutMs: values.IMAGE_TIMEOUT_SECONDS * 1_000,
    },
    fitConnect: fitConnectOf(values),
    worker: values.WORKER === "on",
  };
}

let current: Env | undefined;

/** The environment of this process, parsed at the first call. @throws EnvError */
export function env(): Env {
  current ??= parseEnv(process.env);
  return current;
}
