import { z } from "zod";

/** Evidence codes of domain 1.2 and 3.4. */
export const evidenceCodes = [
  "PASS",
  "TITLE",
  "REG",
  "RENT",
  "KV",
  "INC3",
  "CONTR",
  "EZB",
  "QUAL",
  "RECOG",
  "LIC",
  "EXP",
  "LANG",
  "LID",
  "ENROL",
  "STUDY",
  "FIN",
  "RV",
  "MARR",
  "BIRTH",
  "CUST",
  "REFID",
  "BIZ",
  "TAX",
  "SCHOOL",
  "PEN",
  "HOST",
  "REPR",
  "CUSTCONS",
  "BAMF",
  "CHANGE",
  "POL",
  "IMPOSS",
  "EUREF",
  "DEP",
  "UA-NAT",
  "UA-REP",
  "UA-ENTRY",
  "UA-REGI",
  "UA-ADDR",
  "UA-PREV",
  "UA-FAM",
  "UA-MIL",
  "UA-CUST",
] as const;
export type EvidenceCode = (typeof evidenceCodes)[number];

/** One thing to hand in: `code`, or one of `alternatives` instead (e.g. a lease for the registration certificate). */
export type EvidenceItem = {
  code: EvidenceCode;
  alternatives: readonly EvidenceCode[];
  /** Required: file or "later"; conditional and optional: may stay empty. */
  need: "required" | "conditional" | "optional";
  /** Why it is asked, as a key of `evidence:reason.<reason>`. */
  reason: string;
};
export type EvidenceList = readonly EvidenceItem[];

const hash = z.string().regex(/^[0-9a-f]{128}$/);

/** What a picture was before it was written anew without hidden data: proof of what the person handed in. */
export const originalFile = z.object({
  mimeType: z.enum(["image/jpeg", "image/png", "image/heic"]),
  size: z.number().int().positive(),
  sha512: hash,
});

/** A file handed in; the bytes lie sealed in the blob store under `id`. */
export const fileEntry = z.object({
  id: z.uuid(),
  name: z.string().max(200),
  mimeType: z.enum(["application/pdf", "image/jpeg", "image/png"]),
  size: z.number().int().positive(),
  sha512: hash,
  /** base64url of the file's own 256-bit key. */
  key: z.string().regex(/^[\w-]{43}$/),
  /** Pictures only: size and hash above are those of what is sent. */
  original: originalFile.optional(),
});
export type FileEntry = z.infer<typeof fileEntry>;

/** What was handed in for one code: files, or the word that it comes later with a reason (may be empty). */
export type EvidenceEntry = { files: readonly FileEntry[]; later?: string };
export type EvidenceAnswers = Partial<Record<EvidenceCode, EvidenceEntry>>;

const record = z.record(z.string(), z.unknown());
const loose = z.object({
  files: z.array(z.unknown()).catch([]),
  later: z.string().max(500).optional().catch(undefined),
});

function readEntry(value: unknown): EvidenceEntry | undefined {
  const found = loose.safeParse(value);
  if (!found.success) return undefined;
  const files = found.data.files.flatMap((file) => fileEntry.safeParse(file).data ?? []);
  return { files, ...(found.data.later === undefined ? {} : { later: found.data.later }) };
}

/** Reads stored evidence; an unknown code or a file that does not fit is dropped, and nothing else with it. */
export function evidenceAnswers(stored: unknown): EvidenceAnswers {
  const values = record.safeParse(stored).data ?? {};
  return Object.fromEntries(
    evidenceCodes.flatMap((code) => {
      const read = readEntry(values[code]);
      return read ? [[code, read]] : [];
    }),
  );
}

/** Codes that are required and have neither a file nor a "later". */
export function missingEvidence(asked: EvidenceList, given: EvidenceAnswers): EvidenceCode[] {
  return asked.filter((item) => item.need === "required" && !isGiven(item, given)).map((item) => item.code);
}

function isGiven(item: EvidenceItem, given: EvidenceAnswers): boolean {
  return [item.code, ...item.alternatives].some((code) => {
    const entered = given[code];
    return entered !== undefined && (entered.files.length > 0 || entered.later !== undefined);
  });
}
