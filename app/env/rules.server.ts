import type { z } from "zod";
import { isLoopback } from "#app/env/loopback.ts";
import { routingKeys, routingProblems } from "#app/env/routingRules.server.ts";
import { staffProblems } from "#app/env/staffRules.server.ts";
import type { variables } from "#app/env/variables.server.ts";

export type Variables = z.infer<typeof variables>;
type Checked = Variables & { PUBLIC_URL: string };

const fitConnectUrls = ["FITCONNECT_TOKEN_URL", "FITCONNECT_SUBMISSION_URL", "FITCONNECT_DESTINATION_URL"] as const;

/** Variables that only together make the way to FIT-Connect. */
const fitConnectGroup = [
  ...fitConnectUrls,
  "FITCONNECT_ISSUER",
  "FITCONNECT_CLIENT_ID",
  "FITCONNECT_CLIENT_SECRET",
] as const;

/** All variables about FIT-Connect. */
export const fitConnectKeys: readonly string[] = [
  ...fitConnectGroup,
  ...routingKeys,
  "FITCONNECT_ALLOW_KEY_WITHOUT_CERT",
  "FITCONNECT_ROOTS",
  "FITCONNECT_REVOCATION",
  "FITCONNECT_REVOCATION_HOSTS",
];

function demoProblems({ HOST, PUBLIC_URL }: Checked): string[] {
  const problems: string[] = [];
  const way = "Demo shows invented authorities and serves this machine only: use 127.0.0.1, or MODE=production.";
  if (!isLoopback(HOST)) problems.push(`HOST=${HOST} would open the demo to other machines. ${way}`);
  const url = new URL(PUBLIC_URL);
  if (url.protocol === "https:") problems.push(`PUBLIC_URL=${PUBLIC_URL} is an https address. ${way}`);
  else if (!isLoopback(url.hostname)) problems.push(`PUBLIC_URL=${PUBLIC_URL} names another machine. ${way}`);
  return problems;
}

function productionFitConnect(values: Checked): string[] {
  const problems = fitConnectUrls.flatMap((name) => {
    const value = values[name];
    if (value === undefined) return [];
    const { protocol, hostname } = new URL(value);
    if (isLoopback(hostname)) return [`${name} names this machine, so a simulator. Production needs the real address.`];
    return protocol === "https:" ? [] : [`${name} must begin with https:// in production.`];
  });
  const issuer = values.FITCONNECT_ISSUER;
  if (issuer && URL.canParse(issuer) && isLoopback(new URL(issuer).hostname)) {
    problems.push("FITCONNECT_ISSUER names this machine, so a simulator. Production needs the real issuer.");
  }
  if (values.FITCONNECT_ALLOW_KEY_WITHOUT_CERT === "yes") {
    problems.push("FITCONNECT_ALLOW_KEY_WITHOUT_CERT=yes is for tests. Production checks every key's certificate.");
  }
  return problems;
}

function productionProblems(values: Checked): string[] {
  const problems: string[] = [];
  const { PUBLIC_URL, CLOCK, CONFIG_ENV, DATABASE_URL } = values;
  const url = new URL(PUBLIC_URL);
  if (url.protocol !== "https:" || isLoopback(url.hostname)) {
    problems.push("PUBLIC_URL must be the https address that applicants use. Set it; production has no default.");
  }
  if (CLOCK !== undefined) problems.push("CLOCK is for the demo. Remove it: production uses the real date.");
  if (CONFIG_ENV === "demo")
    problems.push("CONFIG_ENV=demo has invented authorities. Name the folder of the real ones.");
  if (DATABASE_URL === undefined) problems.push("DATABASE_URL is missing. Production needs PostgreSQL.");
  for (const name of ["SMTP_URL", "MAIL_FROM"] as const) {
    if (values[name] === undefined)
      problems.push(`${name} is missing. Without mail nobody learns of a failed delivery.`);
  }
  return [
    ...problems,
    ...noWay(values),
    ...halfGroup({ ...values, FITCONNECT_ALLOW_KEY_WITHOUT_CERT: "no" }),
    ...productionFitConnect(values),
  ];
}

/** Whose authorities all take messages from a drop needs no FIT-Connect; without both nothing would ever be delivered. */
function noWay(values: Checked): string[] {
  if (values.GATEWAYS !== undefined || fitConnectGroup.some((name) => values[name] !== undefined)) return [];
  const names = [...fitConnectGroup, "FITCONNECT_ROOTS"].join(", ");
  return [
    `${names} are missing, and GATEWAYS too. Production needs FIT-Connect, or gateways of data centres, or both.`,
  ];
}

/** Without pinned roots no certificate is believed, so that nothing would ever be delivered. */
function rootProblems({ FITCONNECT_ROOTS, FITCONNECT_ALLOW_KEY_WITHOUT_CERT }: Checked): string[] {
  if (FITCONNECT_ROOTS !== undefined || FITCONNECT_ALLOW_KEY_WITHOUT_CERT === "yes") return [];
  return ["FITCONNECT_ROOTS is missing. Name the file with the root certificates that authorities' keys go back to."];
}

function halfGroup(values: Checked): string[] {
  const missing = fitConnectGroup.filter((name) => values[name] === undefined);
  if (missing.length === 0) return rootProblems(values);
  if (missing.length === fitConnectGroup.length) return [];
  return missing.map((name) => `${name} is missing. The variables of FIT-Connect work only together.`);
}

/** Rules between variables (architecture 10): what the demo and what production must not do. */
export function crossVariableProblems(values: Checked): string[] {
  const own = values.MODE === "demo" ? [...demoProblems(values), ...halfGroup(values)] : productionProblems(values);
  return [...own, ...routingProblems(values), ...staffProblems(values)];
}
