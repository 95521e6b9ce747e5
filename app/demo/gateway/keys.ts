import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import ssh2 from "ssh2";
import { makeCertificate } from "./certificate.ts";
import { replaceFile, writeSynced } from "../common/files.ts";

/** Name of the online service's account on the SFTP server. */
export const USER = "onlinedienst";

/** Id of the gateway in the file for the online service. */
const GATEWAY = "demo-gateway";

/** The gateway's own keys: of its SFTP server, of whom it lets in, and with which it opens contents; all as text. */
export type GatewayKeys = { hostKey: string; fingerprint: string; clientKey: string; clientPublicKey: string } & {
  contentKey: string;
  certificate: string;
};

async function kept(path: string, make: () => string | Promise<string>): Promise<string> {
  if (!existsSync(path)) await writeSynced(path, await make());
  return readFile(path, "utf8");
}

/** A new SSH key as text. The library leaves out leading zeros of a key in one of 170 cases, and could not read it again. */
export function newKey(): string {
  const { private: key } = ssh2.utils.generateKeyPairSync("ed25519");
  return ssh2.utils.parseKey(key) instanceof Error ? newKey() : key;
}

function publicKeyOf(privateKey: string): Buffer {
  const parsed = ssh2.utils.parseKey(privateKey);
  if (parsed instanceof Error) throw parsed;
  return parsed.getPublicSSH();
}

/** Reads the keys of the data folder; makes those that are missing. */
export async function openKeys(dataDir: string, now: Date): Promise<GatewayKeys> {
  const folder = join(dataDir, "keys");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const hostKey = await kept(join(folder, "host.key"), newKey);
  const clientKey = await kept(join(folder, "client.key"), newKey);
  const pair = await kept(join(folder, "content.json"), async () =>
    JSON.stringify(await makeCertificate("Gateway (SIMULATOR)", now.getTime())),
  );
  const { key: contentKey, certificate } = JSON.parse(pair) as { key: string; certificate: string };
  const digest = createHash("sha256").update(publicKeyOf(hostKey)).digest("base64").replace(/=+$/, "");
  const clientPublicKey = publicKeyOf(clientKey).toString("base64");
  return { hostKey, fingerprint: `SHA256:${digest}`, clientKey, clientPublicKey, contentKey, certificate };
}

/**
 * Writes what the online service needs to know into a folder: its key for the SFTP server, the certificate, and the file of
 * gateways that names both. @returns the path of that file
 */
export async function writeGateways(
  folder: string,
  { clientKey, certificate, fingerprint }: GatewayKeys,
  { host, port }: { host: string; port: number },
): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await replaceFile(join(folder, "client.key"), clientKey);
  await replaceFile(join(folder, "gateway.pem"), certificate);
  const lines = [
    "# Written by the simulated gateway at its start.",
    "gateways:",
    `  - id: ${GATEWAY}`,
    "    sftp:",
    `      host: ${JSON.stringify(host)}`,
    `      port: ${port}`,
    `      user: ${USER}`,
    "      keyFile: client.key",
    `      hostKey: ${JSON.stringify(fingerprint)}`,
    "      path: /",
    "    certificate: gateway.pem",
    "",
  ];
  const file = join(folder, "gateways.yaml");
  await replaceFile(file, lines.join("\n"));
  return file;
}
