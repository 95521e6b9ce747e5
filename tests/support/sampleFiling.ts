import { type Applicant, type Handing, samplePayload } from "#app/cli/persona/sample.ts";
import type { ApplicationInput, Envelope, PlacedDocument, Standard } from "#flows/delivery/standard.ts";
import type { FileEntry } from "#flows/engine/evidence.ts";

const mimeTypes = ["application/pdf", "image/jpeg", "image/png"] as const;
/** The first bytes of a PDF and of a JPEG. */
const contents = {
  pdf: Buffer.from("%PDF-1.7\n").toString("base64"),
  jpg: Buffer.from("ffd8ffe000104a464946", "hex").toString("base64"),
};

/** A UUID for each number. */
export const uuidOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

/** Hands in two files for everything that is asked, of all kinds in turn. */
const everything: Handing = (codes) => {
  const files = codes.flatMap((code, index) => [fileOf(code, 2 * index), fileOf(code, 2 * index + 1)]);
  return Object.fromEntries(codes.map((code) => [code, { files: files.filter(({ name }) => name === code) }]));
};

function fileOf(code: string, index: number): FileEntry {
  const mimeType = mimeTypes[index % mimeTypes.length] ?? "application/pdf";
  return { id: uuidOf(100 + index), name: code, mimeType, size: 9, sha512: "0".repeat(128), key: "A".repeat(43) };
}

/** What stands around a message to an authority on the day of all samples. */
export const sampleEnvelope: Envelope = {
  messageId: uuidOf(1),
  createdAt: "2026-11-21T09:00:00.000+00:00",
  reader: { identifier: "azr:123456", name: "Landeshauptstadt Potsdam, Ausländerbehörde" },
  author: {
    identifier: "alp:portal",
    name: "Aufenthalt Online",
    email: "portal@example.org",
    phone: "+49 30 23125000",
    address: { street: "Musterstraße 12a", postalCode: "14467", city: "Potsdam" },
  },
  directoryVersion: "3",
  product: { name: "Aufenthalt Online", maker: "Beispiel", version: "0.1.0" },
  isTest: true,
  hasBackChannel: true,
};

/**
 * An applicant's filing with two files for everything that is asked and the drawn form: all documents in the message, or all
 * that may follow in packages.
 */
export function sampleFiling(
  standard: Standard,
  applicant: Applicant,
  { isInline, isMinimal = false }: { isInline: boolean; isMinimal?: boolean },
): ApplicationInput {
  const { payload, walked } = samplePayload(applicant, sampleEnvelope.messageId, { isMinimal, hand: everything });
  if (!walked.service.isComplete) throw new Error(`The answers end at ${walked.service.path.at(-1)}`);
  const { allInline, inlineCodes } = standard.placing(payload);
  const evidence = payload.evidence.flatMap(({ code, title, files }) =>
    files.map(({ attachmentId, filename, mimeType }) => ({
      id: attachmentId,
      code,
      title,
      filename: filename.replace(/png$/, "pdf"),
      format: mimeType === "image/jpeg" ? ("jpg" as const) : ("pdf" as const),
    })),
  );
  const form = { id: uuidOf(2), code: "form", title: "Antrag", filename: "antrag.pdf", format: "pdf" as const };
  const documents = [form, ...evidence].map((document): PlacedDocument =>
    isInline || allInline || inlineCodes.has(document.code)
      ? { ...document, base64: contents[document.format] }
      : document,
  );
  const isFollowing = documents.some(({ base64 }) => base64 === undefined);
  return { ...sampleEnvelope, payload, documents, ...(isFollowing ? { following: { packages: 1, bytes: 1234 } } : {}) };
}
