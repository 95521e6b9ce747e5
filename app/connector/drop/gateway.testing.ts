import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startGateway } from "#app/demo/gateway/server.ts";
import { schemaUri } from "../fit-connect/authority.testing.ts";
import { makeMessage } from "../fit-connect/message.testing.ts";
import type { OutboundMessage } from "../transport.ts";
import type { DropConfig } from "./config.server.ts";
import type { Gateway, SftpAddress } from "./gateway.ts";

/** Name of the gateway and of a mailbox there, as an authority's file names them. */
export const options = { kind: "drop", gateway: "probe", mailbox: "stadt", format: "json" } as const;

/** A message whose data name it, as gateways check; `change` replaces parts. */
export function makeDropMessage(change: Partial<OutboundMessage> = {}): OutboundMessage {
  const message = makeMessage(change);
  const bytes = new TextEncoder().encode(JSON.stringify({ messageId: message.id, name: "Żółć Müßig" }));
  return { ...message, data: { ...message.data, bytes }, ...change };
}

/** A simulated gateway of its own with one mailbox; it takes messages every 20 ms, or `pollMs`. */
export async function startTestGateway({ pollMs = 20 } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "gateway-"));
  const [dataDir, gatewaysDir, schemaDir] = [join(folder, "data"), join(folder, "keys"), join(folder, "schemas")];
  await mkdir(schemaDir);
  await writeFile(join(schemaDir, "any.schema.json"), JSON.stringify({ $id: schemaUri, type: "object" }));
  const gateway = await startGateway({
    port: 0,
    sftpPort: 0,
    dataDir,
    gatewaysDir,
    schemaDir,
    mailboxes: [{ mailbox: options.mailbox, name: "Stadt (Test)" }],
    decision: "manual",
    pollMs,
  });
  const { boxes, keys, sftpPort } = gateway;
  const certificate = join(gatewaysDir, "gateway.pem");
  const sftp: SftpAddress = {
    kind: "sftp",
    host: "127.0.0.1",
    port: sftpPort,
    user: "onlinedienst",
    keyFile: join(gatewaysDir, "client.key"),
    hostKey: keys.fingerprint,
    path: "/",
  };
  return {
    ...gateway,
    options,
    /** Folder for files of tests. */
    folder,
    certificate,
    sftp,
    /** Folder of the mailbox on this disk. */
    box: join(boxes, options.mailbox),
    /** A sender's settings for this gateway. */
    config: (kind: "folder" | "sftp", change: Partial<Gateway> = {}, more: Partial<DropConfig> = {}): DropConfig => {
      const address = kind === "sftp" ? sftp : ({ kind, path: boxes } as const);
      return {
        gateways: new Map([["probe", { id: "probe", address, certificate, ...change }]]),
        timeoutMs: 5_000,
        ...more,
      };
    },
    /** Ids of messages that came in, each as often as it came. */
    arrived: async () => {
      await gateway.sweep();
      return gateway
        .messages()
        .flatMap(({ messageId, repetitions }) => [messageId, ...repetitions.map(() => messageId)]);
    },
    close: async () => {
      await gateway.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The gateway of the tests. */
export type TestGateway = Awaited<ReturnType<typeof startTestGateway>>;
