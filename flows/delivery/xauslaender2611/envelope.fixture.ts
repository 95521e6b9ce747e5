import type { Envelope, PlacedDocument } from "#flows/delivery/standard.ts";

/** Who writes to whom in tests. */
export const envelope: Envelope = {
  messageId: "0b7d5e4a-3a55-4c0f-9f0e-6f8c1d2e3a4b",
  createdAt: "2026-11-21T09:00:00.000+00:00",
  reader: { identifier: "azr:123456", name: "Ausländerbehörde Potsdam", email: "abh@example.org" },
  author: {
    identifier: "alp:portal",
    name: "Aufenthalt Online",
    email: "betrieb@example.org",
    phone: "+49 331 1234567",
    address: { street: "Am Markt 1 a", postalCode: "14467", city: "Potsdam" },
  },
  directoryVersion: "3",
  product: { name: "Aufenthalt Online", maker: "Beispiel", version: "1" },
  isTest: true,
  hasBackChannel: true,
};

/** A document of a few bytes that stands in its message. */
export function tinyDocument(code: string, more: Partial<PlacedDocument> = {}): PlacedDocument {
  const id = "5f2f9c3e-8a51-4f0e-9b6d-2c7d1e0a4b33";
  const base64 = "JVBERi0xLjcK";
  return { id, code, title: code, filename: `${code}-1.pdf`, format: "pdf", base64, ...more };
}
