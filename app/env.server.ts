import { join, resolve } from "node:path";
import { isLoopback } from "#app/env/loopback.ts";
import { crossVariableProblems, fitConnectKeys, type Variables } from "#app/env/rules.server.ts";
import { senderOf, type Sender } from "#app/env/sender.ts";
import { staffKeys } from "#app/env/staffRules.server.ts";
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
  /** Where destinations of authorities are looked up that name none, and the portal that signs what is found there. */
  routing: { url: string; portal: string } | undefined;
  /** Accepts encryption keys without certificate chain: simulators and the public test environment only. */
  allowKeyWithoutCert: boolean;
  /** Absolute path of the pinned root certificates: a PEM file or a folder of them. */
  roots: string | undefined;
  /** What happens to keys whose revocation cannot be found out: refused, or used all the same. */
  revocation: "required" | "preferred";
  /** Hosts in private networks that may be asked about revocation; in the demo every one. */
  revocationHosts: "any" | readonly string[];
};

/** The server that takes mails, and who they come from. */
export type MailEnv = { smtpUrl: string; from: Sender };

/** The login service of staff (OpenID Connect) and the access data of this service there. */
export type StaffEnv = { issuer: string; clientId: string; clientSecret: string };

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
  /** Absolute path of the file with the gateways that messages are dropped at. */
  gateways: string | undefined;
  /** Without it there are no pages for staff. */
  staff: StaffEnv | undefined;
  /** Without it, demo only, mails wait. */
  mail: MailEnv | undefined;
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
    .filter((name) => /^(FITCONNECT|STAFF)_/.test(name) && !known.includes(name))
    .map((name) => `${name} is unknown. ${suggestion(name, name.startsWith("STAFF_") ? staffKeys : fitConnectKeys)}`);
}

function fitConnectOf(values: Variables, root: string): FitConnectEnv | undefined {
  const { FITCONNECT_TOKEN_URL: tokenUrl, FITCONNECT_SUBMISSION_URL: submissionUrl } = values;
  const { FITCONNECT_DESTINATION_URL: destinationUrl, FITCONNECT_ISSUER: issuer } = values;
  const { FITCONNECT_CLIENT_ID: clientId, FITCONNECT_CLIENT_SECRET: clientSecret } = values;
  const { FITCONNECT_ROUTING_URL: url, FITCONNECT_PORTAL_URL: portal } = values;
  if (!tokenUrl || !submissionUrl || !destinationUrl || !issuer || !clientId || !clientSecret) return undefined;
  return {
    tokenUrl,
    submissionUrl,
    destinationUrl,
    issuer,
    clientId,
    clientSecret,
    routing: url === undefined || portal === undefined ? undefined : { url, portal },
    allowKeyWithoutCert: values.FITCONNECT_ALLOW_KEY_WITHOUT_CERT === "yes",
    roots: values.FITCONNECT_ROOTS === undefined ? undefined : resolve(root, values.FITCONNECT_ROOTS),
    revocation: values.FITCONNECT_REVOCATION,
    revocationHosts: values.MODE === "demo" ? "any" : (values.FITCONNECT_REVOCATION_HOSTS ?? []),
  };
}

/** The demo may do without a sender of its own. */
const DEMO_SENDER = "Aufenthalt Online <aufenthalt-online@example.org>";

function mailOf({ SMTP_URL: smtpUrl, MAIL_FROM = DEMO_SENDER }: Variables): MailEnv | undefined {
  const from = senderOf(MAIL_FROM);
  return smtpUrl === undefined || from === undefined ? undefined : { smtpUrl, from };
}

function staffOf(values: Variables): StaffEnv | undefined {
  const { STAFF_ISSUER: issuer, STAFF_CLIENT_ID: clientId, STAFF_CLIENT_SECRET: clientSecret } = values;
  return issuer && clientId && clientSecret ? { issuer, clientId, clientSecret } : undefined;
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
    fitConnect: fitConnectOf(values, root),
    gateways: values.GATEWAYS === undefined ? undefined : resolve(root, values.GATEWAYS),
    staff: staffOf(values),
    mail: mailOf(values),
    worker: values.WORKER === "on",
  };
}

let current: Env | undefined;

/** The environment of this process, parsed at the first call. @throws EnvError */
export function env(): Env {
  current ??= parseEnv(process.env);
  return current;
}
