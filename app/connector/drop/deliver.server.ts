import { randomBytes } from "node:crypto";
import { DeliveryError } from "../errors.ts";
import type { Certificate } from "../fit-connect/certificate.server.ts";
import type { Attachment, OutboundMessage, Progress } from "../transport.ts";
import { readAcks } from "./acks.server.ts";
import { encryptFor } from "./cms.server.ts";
import type { DropOptions, Gateways } from "./config.server.ts";
import { OUT, temporary } from "./layout.ts";
import { dataName, digestIn, digestOf, fileName, MANIFEST, manifestOf, sha256, type ManifestFile } from "./manifest.ts";
import type { Place } from "./place.ts";
import { parseProgress, type RenamingProgress, type SentProgress } from "./progress.ts";
import { loadRecipient } from "./recipient.server.ts";

type Save = (progress: Progress) => Promise<void>;

const MANIFEST_BYTES = 1024 * 1024;

/**
 * Brings a message into the folder of its gateway exactly once: everything is written under a name that gateways pass over,
 * and then gets its final name in one step. If it is unknown whether that step happened, the temporary name tells: only the
 * step itself takes it away.
 */
export async function deliver(
  gateways: Gateways,
  message: OutboundMessage,
  options: DropOptions,
  progress: Progress,
  save: Save,
): Promise<SentProgress> {
  const before = parseProgress(progress);
  if (before?.stage === "sent") return before;
  if (before?.stage === "renaming") {
    return gateways.find(before.gateway).places.use((place) => finish(place, before, save));
  }
  const { gateway, places } = gateways.find(options.gateway);
  const where = { gateway: gateway.id, mailbox: options.mailbox, messageId: message.id };
  const { certificate } = gateway;
  const recipient = certificate === undefined ? undefined : await loadRecipient(certificate, gateways.now());
  return places.use(async (place) => {
    const out = `${options.mailbox}/${OUT}`;
    const lying = await place.list(out);
    // A folder that nobody empties must not come into being by a typing error.
    if (!lying) throw noMailbox();
    if ((await readAcks(place, options.mailbox, message.id)).length > 0) return saveSent(where, save);
    await save({ ...where, stage: "writing" });
    for (const { name } of lying) {
      if (name.startsWith(temporary(message.id))) await place.removeFolder(`${out}/${name}`);
    }
    const folder = temporary(message.id) + randomBytes(4).toString("hex");
    const files = await writeFiles(place, `${out}/${folder}`, message, recipient);
    const manifest = manifestOf(message, options, files, recipient !== undefined);
    await place.write(`${out}/${folder}/${MANIFEST}`, Buffer.from(manifest));
    await place.settle(`${out}/${folder}`);
    await place.settle(out);
    const renaming = { ...where, stage: "renaming", folder, digest: digestOf(message, files) } as const;
    await save(renaming);
    return finish(place, renaming, save);
  });
}

function noMailbox(): DeliveryError {
  return new DeliveryError("misconfigured", true, { cause: new Error("The mailbox has no folder out") });
}

/** Files one after the other, so that only one is in memory. */
async function writeFiles(
  place: Place,
  folder: string,
  message: OutboundMessage,
  recipient: Certificate | undefined,
): Promise<ManifestFile[]> {
  await place.makeFolder(folder);
  const isEncrypted = recipient !== undefined;
  const files: ManifestFile[] = [];
  const add = async (name: string, mimeType: string, purpose: ManifestFile["purpose"], plain: Uint8Array) => {
    const bytes = recipient ? encryptFor(recipient, plain) : plain;
    await place.write(`${folder}/${name}`, bytes);
    const hashes = { sha256: sha256(bytes), plainSha256: sha256(plain) };
    files.push({ name, mimeType, purpose, bytes: bytes.length, ...hashes });
  };
  await add(dataName(message, isEncrypted), message.data.mimeType, "data", message.data.bytes);
  for (const attachment of message.attachments) {
    const { id, mimeType, purpose } = attachment;
    await add(fileName(id, mimeType, isEncrypted), mimeType, purpose, await contentOf(attachment));
  }
  return files;
}

function contentOf({ read }: Attachment): Promise<Uint8Array> {
  return read().catch((cause: unknown) => {
    throw cause instanceof DeliveryError ? cause : new DeliveryError("unreadable", true, { cause });
  });
}

/** Gives a written message its final name, or finds that it has it already. */
async function finish(place: Place, renaming: RenamingProgress, save: Save): Promise<SentProgress> {
  const { mailbox, messageId, folder, digest } = renaming;
  const out = `${mailbox}/${OUT}`;
  const outcome = await place.rename(`${out}/${folder}`, `${out}/${messageId}`);
  // A drive that is not mounted looks as if everything had been taken away.
  if (outcome === "gone" && !(await place.list(out))) throw noMailbox();
  if (outcome === "taken") {
    const manifest = await place.read(`${out}/${messageId}/${MANIFEST}`, MANIFEST_BYTES);
    // Without a manifest the gateway just took it away.
    if (manifest && digestIn(manifest) !== digest) {
      throw new DeliveryError("refused", false, { cause: new Error("Another message has this id") });
    }
    await place.removeFolder(`${out}/${folder}`);
  }
  return saveSent(renaming, save);
}

async function saveSent(
  { gateway, mailbox, messageId }: Omit<SentProgress, "stage">,
  save: Save,
): Promise<SentProgress> {
  const sent = { gateway, mailbox, messageId, stage: "sent" } as const;
  await save(sent);
  return sent;
}
