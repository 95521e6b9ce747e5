import { createPrivateKey } from "node:crypto";
import * as pkijs from "pkijs";

/** Opens CMS EnvelopedData in DER with the gateway's key (PEM); undefined if it is none, or for somebody else. */
export async function openEnvelope(bytes: Uint8Array, keyPem: string): Promise<Buffer | undefined> {
  const pkcs8 = new Uint8Array(createPrivateKey(keyPem).export({ format: "der", type: "pkcs8" }));
  try {
    const content = pkijs.ContentInfo.fromBER(new Uint8Array(bytes));
    const enveloped = new pkijs.EnvelopedData({ schema: content.content });
    const plain = await enveloped.decrypt(0, { recipientPrivateKey: pkcs8.buffer });
    return Buffer.from(plain);
  } catch {
    return undefined;
  }
}
