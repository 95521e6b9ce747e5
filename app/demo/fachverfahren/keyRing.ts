import type { SigningKey } from "./decisions.ts";
import type { DecryptionKey } from "./jwe.ts";
import {
  generateJwk,
  keepDestinationKeys,
  privateKeyObject,
  publicEncryptionJwk,
  publicSignatureJwk,
  saveKeys,
  type DestinationKeys,
  type KeptKeys,
  type PrivateJwk,
  type PublicJwk,
} from "./keys.ts";

/** What a key pair is for. */
export type KeyUse = keyof DestinationKeys;

/** The key pairs of one destination, which may change while the software runs. */
export type KeyRing = Awaited<ReturnType<typeof openKeyRing>>;

/** Key ids of one use: the one in force and those before it, newest first. */
type Kids = { current: string; former: string[] };

function opened(jwk: PrivateJwk): DecryptionKey {
  return { kid: jwk.kid, privateKey: privateKeyObject(jwk) };
}

/** Reads or makes the keys of a destination and keeps them ready for use. */
export async function openKeyRing(dataDir: string, destinationId: string, given?: DestinationKeys) {
  let kept = await keepDestinationKeys(dataDir, destinationId, given);
  let decryptionKeys = [kept.encryption, ...kept.formerEncryption].map(opened);
  let signingKey: SigningKey = opened(kept.signature);

  return {
    /** Keys that open submissions, the one in force first. */
    decryptionKeys: (): readonly DecryptionKey[] => decryptionKeys,

    /** Key that signs decisions. */
    signingKey: (): SigningKey => signingKey,

    /** Public half of a signature key of now or before. */
    ownKey(kid: string): PublicJwk | undefined {
      const found = [kept.signature, ...kept.formerSignature].find((key) => key.kid === kid);
      return found && publicSignatureJwk(found);
    },

    /** Public halves as the portal gets them: all, so that old statements stay verifiable. */
    published: (): { encryptionKid: string; keys: PublicJwk[] } => ({
      encryptionKid: kept.encryption.kid,
      keys: [
        ...[kept.encryption, ...kept.formerEncryption].map(publicEncryptionJwk),
        ...[kept.signature, ...kept.formerSignature].map(publicSignatureJwk),
      ],
    }),

    kids: (): Record<KeyUse, Kids> => ({
      encryption: { current: kept.encryption.kid, former: kept.formerEncryption.map(({ kid }) => kid) },
      signature: { current: kept.signature.kid, former: kept.formerSignature.map(({ kid }) => kid) },
    }),

    /** Puts a new key pair in force; it is on the disk before anybody learns of it. A signature key signs at once. */
    async replace(use: KeyUse, fresh: PrivateJwk): Promise<void> {
      const next: KeptKeys =
        use === "encryption"
          ? { ...kept, encryption: fresh, formerEncryption: [kept.encryption, ...kept.formerEncryption] }
          : { ...kept, signature: fresh, formerSignature: [kept.signature, ...kept.formerSignature] };
      await saveKeys(dataDir, destinationId, next);
      kept = next;
      if (use === "encryption") decryptionKeys = [opened(fresh), ...decryptionKeys];
      else signingKey = opened(fresh);
    },
  };
}

/** A supply of new key pairs; with `prepares` the next one is made before it is asked for. */
export function createKeySupply(prepares: boolean, make: () => Promise<PrivateJwk> = generateJwk) {
  let next = prepares ? make() : undefined;
  return (): Promise<PrivateJwk> => {
    const mine = next ?? make();
    next = prepares ? make() : undefined;
    return mine;
  };
}
