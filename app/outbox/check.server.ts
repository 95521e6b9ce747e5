import type { App } from "#app/context.server.ts";
import type { Authority } from "#app/config/authority.ts";
import { formatOf } from "#app/config/format.ts";
import { offeredServices } from "#app/config/services.ts";
import type { Need } from "#app/connector/transport.ts";
import { reconcile } from "#app/outbox/alerts.server.ts";
import { destinationOf } from "#app/outbox/message.server.ts";
import { isConclusive, selfTestFindings, type Checked } from "#app/outbox/watchdog.ts";
import { schemaUri } from "#flows/delivery/payload.ts";
import { services } from "#flows/services/registry.ts";

/** Receivers that are asked at the same time. */
const AT_ONCE = 4;

const fromSelfTest = (kind: string) =>
  ["keyExpires", "destinationInactive", "schemaNotOffered"].includes(kind) || kind.startsWith("selfTest:");

/**
 * Lets the transport of every connected authority test itself, and raises and clears alerts by what it says. A receiver that
 * cannot be reached just now keeps the alerts that it has.
 */
export async function checkReceivers(
  app: Pick<App, "config" | "database" | "log" | "now" | "standards" | "transports">,
): Promise<void> {
  const waiting = app.config.authorities.filter(({ transport }) => transport.kind !== "none");
  const checked: Checked[] = [];
  const turns = Array.from({ length: AT_ONCE }, async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) checked.push(...(await check(app, next)));
  });
  await Promise.all(turns);
  const conclusive = checked.filter(isConclusive);
  const now = app.now();
  const subjects = new Set(conclusive.map(({ destination }) => destination));
  const configured = new Set(app.config.authorities.map(destinationOf));
  const findings = conclusive.flatMap((result) => selfTestFindings(result, now));
  await app.database.db.transaction((tx) =>
    reconcile(
      tx,
      findings,
      // One that is no longer configured cannot be asked and needs nothing.
      ({ kind, subject }) => fromSelfTest(kind) && (subjects.has(subject) || !configured.has(subject)),
      now,
    ),
  );
}

/** What is going to be sent to an authority: an application for each of its services, in its format. */
function needsOf({ standards }: Pick<App, "standards">, authority: Authority): Need[] {
  const standard = standards.get(formatOf(authority));
  return offeredServices(authority).map((id) => {
    const service = services[id];
    const common = { leika: service.leika, ars: authority.ars };
    if (standard) return { ...common, schemaUri: standard.schemaUri, mimeType: "application/xml" };
    return { ...common, schemaUri: schemaUri(service), mimeType: "application/json" };
  });
}

async function check(
  { transports, standards, log }: Pick<App, "log" | "standards" | "transports">,
  authority: Authority,
): Promise<Checked[]> {
  const transport = transports.get(authority.transport.kind);
  if (!transport) return [];
  try {
    const result = await transport.selfTest(authority.transport, needsOf({ standards }, authority));
    return [{ destination: destinationOf(authority), authority: authority.id, result }];
  } catch (error) {
    log.error({ authority: authority.id, code: error instanceof Error ? error.name : "unknown" }, "selfTest");
    return [];
  }
}
