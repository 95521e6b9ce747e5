import type { Letter } from "#flows/delivery/standard.ts";
import { appointmentIn, bookingUrl } from "#flows/delivery/xauslaender2611/appointment.ts";
import { documentsIn, filled } from "#flows/delivery/xauslaender2611/received.ts";
import { elementsOf, textOf, type Elements } from "#flows/delivery/xoev/content.ts";
import type { ReadMessage } from "#flows/delivery/xoev/read.ts";

type Head = Pick<Letter, "id" | "answersTo" | "reference" | "from" | "to" | "sentAt">;
/** What a message of one number says beyond its head; what is absent may stand as `undefined`. */
type Said = { kind: Letter["kind"] } & {
  [Key in Exclude<keyof Letter, keyof Head | "kind">]?: Letter[Key] | undefined;
};

/** Codes of the list "ozg.status", version 4: the first three only say that something arrived. */
const statuses: Readonly<Record<string, Said>> = {
  "01": { kind: "accepted", codes: ["received"] },
  "02": { kind: "accepted", codes: ["received"] },
  "03": { kind: "accepted", codes: ["received"] },
  "05": { kind: "progress", codes: ["reviewed"] },
  "06": { kind: "progress", codes: ["agreementReached"] },
  "07": { kind: "progress", codes: ["recognitionComplete"] },
};

const readers: Readonly<Record<string, (content: Elements) => Said | undefined>> = {
  "130102": (content) => ({
    kind: "question",
    text: filled(content, "frage"),
    deadline: filled(content, "fristdatum"),
    documents: documentsIn(content, "anlage", "attachment"),
  }),
  "130104": (content) => {
    const status = statuses[textOf(content, "status") ?? ""];
    return status && { ...status, documents: documentsIn(content, "anhang", "attachment") };
  },
  "130105": appointmentLetter,
  "130107": (content) => ({
    kind: "withdrawn",
    text: filled(content, "rueckmeldung"),
    documents: documentsIn(content, "anlage", "attachment"),
  }),
  "130109": (content) => ({
    kind: "notCompetent",
    text: filled(content, "hinweis"),
    competent: filled(content, "zustaendigeABH"),
  }),
  "130110": (content) => ({
    kind: "intendedRefusal",
    documents: [...documentsIn(content, "mitteilung", "notice"), ...documentsIn(content, "gebuehrenmitteilung", "fee")],
  }),
};

/** An address that is no safe link stays as words, so that nobody misses an appointment for it. */
function appointmentLetter(content: Elements): Said {
  const booking = filled(content, "onlinevergabe");
  const link = bookingUrl(booking);
  const words = [filled(content, "weitereHinweise"), link === undefined ? booking : undefined];
  return {
    kind: "appointment",
    appointment: appointmentIn(content),
    bookingUrl: link,
    text: words.filter((text) => text !== undefined).join("\n") || undefined,
    documents: [
      ...documentsIn(content, "terminmitteilung", "appointment"),
      ...documentsIn(content, "gebuehrenmitteilung", "fee"),
    ],
  };
}

/**
 * A validated message of an authority in our words: 130102, 130104, 130105, 130107, 130109, 130110. Undefined for all others
 * (those on agreements with employers have no page here), for an unknown status, and for one sent at no possible time.
 */
export function readLetter({ id, content }: ReadMessage): Letter | undefined {
  const said = readers[id]?.(content);
  const head = headOf(content);
  if (!said || !head) return undefined;
  const { kind, codes = [], documents = [], ...rest } = said;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return { ...head, kind, codes, documents, ...given };
}

/** UUIDs in small letters: their case means nothing, and ours are written so. */
function headOf(content: Elements): Head | undefined {
  const head = elementsOf(content, "nachrichtenkopf.g2g");
  const own = elementsOf(head, "identifikation.nachricht");
  const sentAt = instantOf(filled(own, "erstellungszeitpunkt") ?? "");
  if (sentAt === undefined) return undefined;
  return {
    id: (filled(own, "nachrichtenUUID") ?? "").toLowerCase(),
    answersTo: (filled(content, "ausloeserUUID") ?? "").toLowerCase(),
    reference: filled(content, "antragsidentifikation") ?? "",
    from: filled(elementsOf(head, "autor"), "kennung") ?? "",
    to: filled(elementsOf(head, "leser"), "kennung") ?? "",
    sentAt,
  };
}

/** XML Schema allows a time without zone, the standard does not: it is taken as UTC, whatever zone this runs in. */
function instantOf(text: string): string | undefined {
  const moment = new Date(/(Z|[+-]\d{2}:\d{2})$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}
