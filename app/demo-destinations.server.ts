import { createHash } from "node:crypto";
import { germanServiceTitle } from "#app/i18n/words.ts";
import { offeredServices } from "#app/config/services.ts";
import type { Authority } from "#app/config/authority.ts";
import { deployed } from "#app/config/deployed.ts";
import { formatOf } from "#app/config/format.ts";
import { loadConfig } from "#app/config/load.server.ts";
import { env } from "#app/env.server.ts";
import { schemaUri } from "#flows/delivery/payload.ts";
import { standards } from "#flows/delivery/standards.ts";
import { services, type ServiceId } from "#flows/services/registry.ts";

/** A destination as the demo Fachverfahren registers it: one for each authority with FIT-Connect. */
export type DemoDestination = {
  id: string;
  name: string;
  publicServices: {
    identifier: string;
    name: string;
    regions: string[];
    submissionSchemas: { schemaUri: string; mimeType: string }[];
  }[];
};

/** The destinations of the configured authorities, for the demo Fachverfahren that stands behind them. */
export function demoDestinations(): DemoDestination[] {
  const { configEnv, mode } = env();
  const config = loadConfig({ root: process.cwd(), environment: configEnv, mode, known: deployed });
  return config.authorities.flatMap((authority) => {
    if (authority.transport.kind !== "fit-connect") return [];
    // Several services may share a key of the catalogue: each key stands once, with the schemas of all of them.
    const byKey = Map.groupBy(offeredServices(authority), (id) => services[id].leika);
    const publicServices = [...byKey].map(([key, ids]) => ({
      identifier: `urn:de:fim:leika:leistung:${key}`,
      name: ids.slice(0, 1).map(germanServiceTitle).join(),
      regions: [`DE${authority.ars.slice(0, 5)}`],
      submissionSchemas: schemasOf(authority, ids),
    }));
    return [{ id: authority.transport.destinationId ?? madeUp(authority.id), name: authority.name, publicServices }];
  });
}

/** What an authority takes: our own schema of each service, or the one schema of its standard. */
function schemasOf(authority: Authority, ids: readonly ServiceId[]): { schemaUri: string; mimeType: string }[] {
  const standard = standards.find(({ id }) => id === formatOf(authority));
  if (standard) return [{ schemaUri: standard.schemaUri, mimeType: "application/xml" }];
  return ids.map((id) => ({ schemaUri: schemaUri(services[id]), mimeType: "application/json" }));
}

/** The destination of an authority that names none: always the same UUID of version 4 for the same authority. */
function madeUp(authorityId: string): string {
  const hex = createHash("sha256").update(`demo destination ${authorityId}`).digest("hex");
  const [a, b, c, d, e] = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(13, 16), hex.slice(17, 20), hex.slice(20, 32)];
  return `${a}-${b}-4${c}-8${d}-${e}`;
}
