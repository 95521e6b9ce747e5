import type { App } from "#app/context.server.ts";
import type { Authority } from "#app/config/authority.ts";
import { DeliveryError } from "#app/connector/errors.ts";
import { product } from "#app/product.ts";
import type { Envelope } from "#flows/delivery/standard.ts";

/**
 * What stands around every message to an authority. The time is that of filing, so that a message made again is the same.
 * @throws DeliveryError misconfigured if operator or authority have no key in the directory
 */
export function envelopeOf(
  { config: { operator }, env }: Pick<App, "config" | "env">,
  { name, office, transport }: Pick<Authority, "name" | "office" | "transport">,
  { id, filedAt }: { id: string; filedAt: Date },
): Envelope {
  const readerKey = "authorityKey" in transport ? transport.authorityKey : undefined;
  const { directory, email, phone, address } = operator;
  if (!directory || readerKey === undefined) throw new DeliveryError("misconfigured", false);
  return {
    messageId: id,
    createdAt: filedAt.toISOString().replace("Z", "+00:00"),
    reader: { identifier: readerKey, name: `${name}, ${office}` },
    author: { identifier: directory.identifier, name: operator.name, email, phone, address },
    directoryVersion: directory.listVersion,
    product: { name: product.name, maker: product.manufacturer, version: product.version },
    isTest: env.mode === "demo",
    // Over FIT-Connect nothing public says how an authority's system would answer in XML.
    hasBackChannel: transport.kind === "drop",
  };
}
