import type { IsoDate } from "#flows/engine/dates.ts";
import { ageBand } from "#flows/law/age.ts";
import { lawValue, type Law } from "#flows/law/law.ts";
import { isEuOrEea } from "#flows/law/nationals.ts";
import type { Situation, TitleKind } from "#flows/law/situation.ts";
import type { CardSituation } from "#flows/law/situations/card.ts";

/** What the fee is charged for; the words are `law:fee.reason.<event>`. */
export const feeEvents = [
  "grant",
  "extensionShort",
  "extensionLong",
  "change",
  "changeToBlueCard",
  "settlement",
  "settlementHighlyQualified",
  "settlementSelfEmployed",
  "settlementChild",
  "longTermEu",
  "newCard",
  "newCardLost",
  "newCardDefect",
  "addressOnly",
  "condition",
  "employmentCondition",
  "fiktion",
  "certificate",
  "toleration",
  "gestattung",
  "substitute",
  "travelDocument",
  "freeMovement",
  "freeMovementCertificate",
  "declaration",
  "fastTrack",
] as const;
export type FeeEventName = (typeof feeEvents)[number];

/** One event with the rows that may apply: one row is an exact amount, several are a range. */
export type FeeEvent = {
  name: FeeEventName;
  rows: readonly string[];
  /** § 50 AufenthV halves it for minors. */
  half: boolean;
  /** For how many people it is charged; missing = one. */
  people?: number;
};

const event = (name: FeeEventName, rows: readonly string[], half = true): FeeEvent => ({ name, rows, half });

type Rule = (situation: Situation, law: Law, today: IsoDate) => FeeEvent;

/** The rows that depend on the 24th birthday, as the fee of a German identity card does. */
export function byCardAge(prefix: string, situation: Situation, law: Law, today: IsoDate): readonly string[] {
  const limit = lawValue(law, "age.cardFee");
  const band = limit === undefined ? "open" : ageBand(situation.birth, today, limit);
  const rows = { below: [`${prefix}Under24`], reached: [`${prefix}24`], open: [`${prefix}Under24`, `${prefix}24`] };
  return rows[band];
}

const travelDocument =
  (prefix: string): Rule =>
  (situation, law, today) => {
    const rows = byCardAge(prefix, situation, law, today);
    const limit = lawValue(law, "age.childDocument");
    const mayBeSmall =
      limit !== undefined && situation.birth !== undefined && ageBand(situation.birth, today, limit) !== "reached";
    return event("travelDocument", mayBeSmall ? ["fee.raChild", ...rows] : rows, false);
  };

const cardEvents: Readonly<Record<CardSituation["reason"], FeeEvent>> = {
  newPassport: event("newCard", ["fee.card"]),
  data: event("newCard", ["fee.card"]),
  expired: event("newCard", ["fee.card"]),
  addressOnly: event("addressOnly", ["fee.addressSticker"]),
  lost: event("newCardLost", ["fee.card"]),
  defect: event("newCardDefect", ["fee.cardDefect", "fee.card"]),
};

const defectRows = (ownFault: boolean | undefined): FeeEvent =>
  ownFault === undefined ? cardEvents.defect : event("newCardDefect", [ownFault ? "fee.card" : "fee.cardDefect"]);

const freeMovement: Rule = (situation, law, today) =>
  event("freeMovement", byCardAge("fee.idCard", situation, law, today), false);

/** Services whose fee does not follow from the kind of request alone. */
const services: Readonly<Record<string, Rule>> = {
  // For each worker (§ 47 Abs. 1 Nr. 15 AufenthV); an employer who has named none yet files for one at least.
  "W-FAST": ({ work }) => ({
    ...event("fastTrack", ["fee.fastTrack"], false),
    people: Math.max(work?.workers?.length ?? 0, 1),
  }),
  "N-18c3": () => event("settlementHighlyQualified", ["fee.ne18c3"]),
  "N-21-4": () => event("settlementSelfEmployed", ["fee.ne21"]),
  // The lower amount is for minors alone (§ 50 Abs. 1 AufenthV, § 35 Abs. 1 S. 1 AufenthG).
  "N-35": (situation, law, today) => {
    const band = ageBand(situation.birth, today, lawValue(law, "age.majority") ?? 0);
    const rows = { below: ["fee.ne35"], reached: ["fee.ne"], open: ["fee.ne35", "fee.ne"] }[band];
    return event(band === "reached" ? "settlement" : "settlementChild", rows, false);
  },
  "N-9a": (situation, law, today) => {
    const isAdult = ageBand(situation.birth, today, lawValue(law, "age.majority") ?? 0) !== "below";
    return event("longTermEu", [isAdult ? "fee.daeu" : "fee.daeuMinor"], false);
  },
  "C-WORK": () => event("employmentCondition", ["fee.besch"]),
  "C-COND": () => event("condition", ["fee.aufl"]),
  // Local practice differs for this condition.
  "C-RES": () => event("condition", ["fee.residenceObligation"]),
  "D-CARD-P": () => cardEvents.newPassport,
  "D-CARD-D": ({ card }) => cardEvents[card?.reason ?? "data"],
  "D-CARD-L": () => cardEvents.lost,
  "D-CARD-C": ({ card }) => defectRows(card?.ownFault),
  "D-FIKT": () => event("fiktion", ["fee.fikt"]),
  "D-RA-F": travelDocument("fee.raRefugee"),
  "D-RA-S": travelDocument("fee.raRefugee"),
  "D-RA-A": (situation, law, today) =>
    travelDocument(situation.protectedStatus ? "fee.raRefugee" : "fee.raForeigner")(situation, law, today),
  "D-AE": ({ other }) => {
    if (other?.renewal === undefined) return event("substitute", ["fee.substitute", "fee.substituteExtension"]);
    return event("substitute", [other.renewal ? "fee.substituteExtension" : "fee.substitute"]);
  },
  "D-VE": () => event("declaration", ["fee.ve"], false),
  "EU-CARD": freeMovement,
  "EU-CARD3a": freeMovement,
  "EU-GB": freeMovement,
  "EU-PERM": (situation, law, today) =>
    isEuOrEea(situation.nationalities)
      ? event("freeMovementCertificate", ["fee.euCertificate"], false)
      : freeMovement(situation, law, today),
  "G-DULD": ({ request }) =>
    event(
      "toleration",
      request === "first" ? ["fee.duldIssueLabel", "fee.duldIssueCarrier"] : ["fee.duldLabel", "fee.duldCarrier"],
    ),
  "G-GEST": () => event("gestattung", ["fee.gest"]),
};

/** Papers that are no German title for a longer stay. */
const withoutPermit: readonly TitleKind[] = [
  "none",
  "noStatus",
  "schengenVisa",
  "duldung",
  "gestattung",
  "otherEuTitle",
];

const requests: Readonly<Partial<Record<Situation["request"], Rule>>> = {
  first: () => event("grant", ["fee.ae1"]),
  extension: ({ shortExtension }) =>
    shortExtension ? event("extensionShort", ["fee.ae2a"]) : event("extensionLong", ["fee.ae2b"]),
  change: ({ service, title }) => {
    // Only a residence permit can change its purpose (§ 45 Nr. 3 AufenthV); who has none yet is granted one.
    if (withoutPermit.includes(title.kind)) return event("grant", ["fee.ae1"]);
    // A Blue Card is a title of its own, so switching to it is a grant; local practice differs (domain 1.3, step 1).
    return service === "W-18g" ? event("changeToBlueCard", ["fee.ae1"]) : event("change", ["fee.ae3"]);
  },
  permanent: () => event("settlement", ["fee.ne"]),
  condition: () => event("condition", ["fee.aufl"]),
  card: ({ card }) => (card?.reason === "defect" ? defectRows(card.ownFault) : cardEvents[card?.reason ?? "data"]),
  certificate: () => event("certificate", ["fee.cert"]),
};

/** Step 1 of the fee engine: the event that the AufenthV charges for, or `undefined` if the table has none. */
export function feeEventOf(situation: Situation, law: Law, today: IsoDate): FeeEvent | undefined {
  return (services[situation.service] ?? requests[situation.request])?.(situation, law, today);
}
