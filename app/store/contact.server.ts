import { CompactEncrypt, compactDecrypt } from "jose";
import { z } from "zod";
import type { Keys } from "#app/keys.server.ts";
import { isLanguage, type Language } from "#locales/languages.ts";

// Whatever could be read as a list, a name or a second address is no address to us.
const address = z
  .string()
  .max(254)
  .regex(/^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+$/u);

const contact = z.object({ case: z.uuid(), email: address, language: z.string() });

/** Where to write to an applicant, and in which language beside German. */
export type Contact = { email: string; language: Language };

/**
 * Seals the typed address for the delivery key: the web process can write it and never read it again. `null` if nothing was
 * typed that mail can be sent to.
 */
export async function sealContact(
  keys: Keys,
  caseId: string,
  { email, language }: { email: unknown; language: string },
): Promise<string | null> {
  // The case stands inside, so that an address moved to another case does not open there.
  const value = contact.safeParse({ case: caseId, email, language });
  if (!value.success) return null;
  return new CompactEncrypt(Buffer.from(JSON.stringify(value.data)))
    .setProtectedHeader({ alg: "RSA-OAEP-256", enc: "A256GCM", kid: keys.delivery.kid })
    .encrypt(keys.delivery.publicKey);
}

/** Opens the address of a case with the private delivery key. @throws when it is damaged or of another case */
export async function openContact(keys: Keys, caseId: string, sealed: string): Promise<Contact> {
  const { privateKey } = keys.delivery;
  if (!privateKey) throw new Error("This process has no delivery key");
  const { plaintext } = await compactDecrypt(sealed, privateKey, {
    keyManagementAlgorithms: ["RSA-OAEP-256"],
    contentEncryptionAlgorithms: ["A256GCM"],
  });
  const { email, language } = contact
    .extend({ case: z.literal(caseId) })
    .parse(JSON.parse(Buffer.from(plaintext).toString()));
  return { email, language: isLanguage(language) ? language : "de" };
}
