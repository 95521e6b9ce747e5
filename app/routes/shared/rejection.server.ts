import type { Page } from "#app/routes/shared/request.server.ts";
import type { Case } from "#app/store/cases.server.ts";
import type { Payload } from "#flows/delivery/payload.ts";

/** What each known reason of a refusal by the authority's software comes down to for the person. */
const GROUPS = {
  "encryption-issue": "unreadable",
  "incorrect-authentication-tag": "unreadable",
  "invalid-event-log": "unreadable",
  "syntax-violation": "unreadable",
  "hash-mismatch": "unreadable",
  "missing-schema": "format",
  "unsupported-schema": "format",
  "schema-violation": "format",
  "unsupported-service": "service",
  "service-mismatch": "service",
  "missing-data": "incomplete",
  "attachments-mismatch": "files",
  "missing-attachment": "files",
  "unsupported-reply-channel": "technical",
  "technical-error": "technical",
} as const;

const groupOf = new Map<string, (typeof GROUPS)[keyof typeof GROUPS]>(Object.entries(GROUPS));

/** What is wrong with one file, for the groups that can be about one. */
const FILE_GROUPS: ReadonlyMap<string, "damaged" | "missing"> = new Map([
  ["unreadable", "damaged"],
  ["files", "missing"],
]);

const ATTACHMENT = "attachment:";

/** What the person sent, by the id under which the receiver speaks of it: evidence code and file name. */
export type SentFiles = ReadonlyMap<string, { code: string; filename: string; isOnly: boolean }>;

/** The files of all messages of a case. */
export function sentFilesOf({ copy }: Case): SentFiles {
  const payloads = [...copy.messages.map(({ payload }) => payload), copy.payload];
  const evidence = payloads.flatMap((payload) => (JSON.parse(payload) as Payload).evidence);
  return new Map(
    evidence.flatMap(({ code, files }) =>
      files.map(
        ({ attachmentId, filename }) => [attachmentId, { code, filename, isOnly: files.length === 1 }] as const,
      ),
    ),
  );
}

/** Codes without the part that they are about, each once: what the hotline asks for. */
export function plainCodes(codes: readonly string[]): string[] {
  return [...new Set(codes.map((code) => split(code).word))];
}

/** Why a message was not taken over, in words for the person who sent it; several codes may come to the same words. */
export function rejectionWords(
  codes: readonly string[],
  page: Pick<Page, "say">,
  files: SentFiles = new Map(),
): string {
  const words = codes.map((code) => {
    const { word, part } = split(code);
    // A clerk who refuses in free words is reported like this: what they wrote stays with the authority.
    const isFree = word === "technical-error" && part === "other";
    const group = isFree ? "other" : (groupOf.get(word) ?? "other");
    return aboutFile(code, page, files) ?? page.say(`pages:rejection.${group}`);
  });
  return [...new Set(words.length > 0 ? words : [page.say("pages:rejection.other")])].join("; ");
}

/** What the authority's software remarked about files although it took the message over; nothing else is told. */
export function fileRemarks(codes: readonly string[], page: Pick<Page, "say">, files: SentFiles): string | undefined {
  const words = [...new Set(codes.flatMap((code) => aboutFile(code, page, files) ?? []))];
  return words.length === 0 ? undefined : page.say("pages:rejection.remarks", { remarks: words.join("; ") });
}

function aboutFile(code: string, page: Pick<Page, "say">, files: SentFiles): string | undefined {
  const { word, part } = split(code);
  const file = part.startsWith(ATTACHMENT) ? files.get(part.slice(ATTACHMENT.length)) : undefined;
  if (!file) return undefined;
  const title = page.say(`evidence:${file.code}.title`);
  const name = file.isOnly ? title : `${title} (${file.filename})`;
  return page.say(`pages:rejection.file.${FILE_GROUPS.get(groupOf.get(word) ?? "") ?? "other"}`, { name });
}

function split(code: string): { word: string; part: string } {
  const at = code.indexOf("@");
  return at < 0 ? { word: code, part: "" } : { word: code.slice(0, at), part: code.slice(at + 1) };
}
