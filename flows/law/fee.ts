import type { IsoDate } from "#flows/engine/dates.ts";
import { ageBand } from "#flows/law/age.ts";
import { byCardAge, feeEventOf, type FeeEvent, type FeeEventName } from "#flows/law/feeEvent.ts";
import { lawValue, type Law } from "#flows/law/law.ts";
import { isTemporaryProtection, type Situation } from "#flows/law/situation.ts";

/** Rules that change the amount of an event; the words are `law:fee.reason.<rule>`. */
export const feeRules = [
  "turkishAssociation",
  "swiss",
  "ageOpen",
  "childDocument",
  "protectedStatus",
  "publicScholarship",
  "benefits",
  "benefitsDiscretion",
  "temporaryProtection",
  "minor",
  "minorOpen",
  "postalDelivery",
  "photo",
  "dueOnFiling",
  "unverified",
  "unknownAmount",
] as const;
export type FeeReason = FeeEventName | (typeof feeRules)[number];
/** One line of the explanation; `cents` is what the line adds, or leaves over after an exemption. */
export type FeeLine = { code: FeeReason; cents?: number };

/** The fee that the AufenthV leads to one expects. The authority fixes it. */
export type Fee = (
  { kind: "exact"; cents: number } | { kind: "range"; from: number; to: number } | { kind: "unknown" }
) & { reasons: readonly FeeLine[] };

/** An amount on its way through the steps; both ends are cents. */
type Amount = { from: number; to: number; lines: readonly FeeLine[] };

const titleEvents: readonly FeeEventName[] = ["grant", "extensionShort", "extensionLong", "change", "changeToBlueCard"];
const settlements: readonly FeeEventName[] = [
  "settlement",
  "settlementHighlyQualified",
  "settlementSelfEmployed",
  "settlementChild",
  "longTermEu",
];
const freeForTurkishAssociation: readonly FeeEventName[] = [
  "fiktion",
  "condition",
  "employmentCondition",
  "certificate",
];
/** § 52 Abs. 3 and 5, § 53 Abs. 1 AufenthV name grant and extension, not the change of purpose (§ 45 Nr. 3). */
const grantAndExtension: readonly FeeEventName[] = ["grant", "extensionShort", "extensionLong", "changeToBlueCard"];
const exemptions = {
  protectedStatus: [...grantAndExtension, "settlement", "newCard", "fiktion"],
  publicScholarship: [...grantAndExtension, "newCard", "fiktion"],
  benefits: [...grantAndExtension, "newCard", "fiktion", "condition", "toleration", "substitute"],
} as const satisfies Record<string, readonly FeeEventName[]>;
const withoutFilingFee: readonly FeeEventName[] = [
  "freeMovement",
  "freeMovementCertificate",
  "toleration",
  "declaration",
];
const titlesAndCards: readonly FeeEventName[] = [
  ...titleEvents,
  ...settlements,
  "newCard",
  "newCardLost",
  "newCardDefect",
];
const withCardByPost: readonly FeeEventName[] = [...titlesAndCards, "freeMovement"];

/**
 * Step 2: regimes with amounts of their own (§ 52a AufenthV, Switzerland). They are not halved; what exempts others from the
 * event exempts from these as well, or a right would cost more than none.
 */
function withRegime(
  event: FeeEvent,
  situation: Situation,
  law: Law,
  today: IsoDate,
): FeeEvent & { regime?: FeeReason } {
  const isTitleOrCard = titlesAndCards.includes(event.name);
  // What is free for everybody stays free (§ 45c Abs. 2 AufenthV).
  const rows = (): readonly string[] =>
    event.rows.flatMap((row) => (row === "fee.cardDefect" ? [row] : byCardAge("fee.idCard", situation, law, today)));
  if (situation.turkishAssociation) {
    if (isTitleOrCard) return { ...event, rows: rows(), half: false, regime: "turkishAssociation" };
    if (freeForTurkishAssociation.includes(event.name)) return { ...event, rows: [], regime: "turkishAssociation" };
  }
  if (situation.nationalities.includes("CHE") && isTitleOrCard && !settlements.includes(event.name)) {
    return { ...event, rows: rows(), half: false, regime: "swiss" };
  }
  return event;
}

function exemptionOf(
  event: FeeEvent,
  situation: Situation,
): "protectedStatus" | "publicScholarship" | "benefits" | undefined {
  const holds = {
    protectedStatus: situation.protectedStatus,
    publicScholarship: situation.publicScholarship,
    benefits: situation.onBenefits,
  };
  return (["protectedStatus", "publicScholarship", "benefits"] as const).find(
    (rule) => holds[rule] && (exemptions[rule] as readonly FeeEventName[]).includes(event.name),
  );
}

/** Steps 3 to 5: exemptions by status, scholarship and benefits (§ 52 Abs. 3, 5, § 53 AufenthV). */
function withExemptions(amount: Amount, event: FeeEvent, situation: Situation): Amount {
  if (amount.to === 0) return amount;
  const rule = exemptionOf(event, situation);
  if (rule) return { from: 0, to: 0, lines: [...amount.lines, { code: rule, cents: 0 }] };
  // Temporary protection is normally free, at discretion where no benefits are drawn (§ 52 Abs. 7 AufenthV).
  if (isTemporaryProtection(situation.service)) {
    return { ...amount, from: 0, lines: [...amount.lines, { code: "temporaryProtection" }] };
  }
  return situation.onBenefits ? { ...amount, lines: [...amount.lines, { code: "benefitsDiscretion" }] } : amount;
}

/** How a minor's half changes an amount, by age; a vague birth date leaves both open (§ 50 Abs. 1 AufenthV). */
function withMinorShare(amount: Amount, situation: Situation, law: Law, today: IsoDate): Amount | undefined {
  if (amount.to === 0 || situation.birth === undefined) return amount;
  const majority = lawValue(law, "age.majority");
  const share = lawValue(law, "fee.minorShare");
  if (majority === undefined || share === undefined) return undefined;
  const band = ageBand(situation.birth, today, majority);
  if (band === "reached") return amount;
  const from = (amount.from * share) / 100;
  const to = band === "below" ? (amount.to * share) / 100 : amount.to;
  return { from, to, lines: [...amount.lines, { code: band === "below" ? "minor" : "minorOpen" }] };
}

/** Step 7: what is added to a card, halved for minors where § 50 says so. */
function addOns(event: FeeEvent, situation: Situation, law: Law, today: IsoDate): Amount | undefined {
  let sum: Amount = { from: 0, to: 0, lines: [] };
  const add = (code: FeeReason, added: Amount | undefined): boolean => {
    if (!added) return false;
    sum = {
      from: sum.from + added.from,
      to: sum.to + added.to,
      lines: [...sum.lines, added.from === added.to ? { code, cents: added.to } : { code }],
    };
    return true;
  };
  if (situation.postalDelivery && withCardByPost.includes(event.name)) {
    const cents = lawValue(law, "fee.post");
    const full = cents === undefined ? undefined : { from: cents, to: cents, lines: [] };
    if (!add("postalDelivery", full && withMinorShare(full, situation, law, today))) return undefined;
  }
  if (situation.photoAtAuthority && withCardByPost.includes(event.name)) {
    const cents = lawValue(law, "fee.photo");
    if (!add("photo", cents === undefined ? undefined : { from: cents, to: cents, lines: [] })) return undefined;
  }
  return sum;
}

/** Step 8: what is due with the application (§ 49 AufenthV), as a line of the explanation. */
function filingLine(base: Amount, event: FeeEvent, law: Law): FeeLine[] {
  if (base.to === 0 || withoutFilingFee.includes(event.name)) return [];
  const share = lawValue(law, settlements.includes(event.name) ? "fee.filingShareSettlement" : "fee.filingShare");
  if (share === undefined) return [];
  return [base.from === base.to ? { code: "dueOnFiling", cents: (base.to * share) / 100 } : { code: "dueOnFiling" }];
}

const isUnder = (row: string): boolean => row.endsWith("Under24");

function baseAmount(event: FeeEvent & { regime?: FeeReason }, law: Law): Amount | undefined {
  const cents = event.rows.map((row) => lawValue(law, row));
  if (cents.includes(undefined)) return undefined;
  const { people = 1 } = event;
  const known = event.rows.length === 0 ? [0] : cents.flatMap((value) => (value === undefined ? [] : [value * people]));
  const [from, to] = [Math.min(...known), Math.max(...known)];
  const exact = from === to ? { cents: to } : {};
  const isAgeOpen = event.rows.some(isUnder) && event.rows.some((row) => row.endsWith("24") && !isUnder(row));
  return {
    from,
    to,
    lines: [
      { code: event.name, ...(event.regime ? {} : exact) },
      ...(event.regime ? [{ code: event.regime, ...exact }] : []),
      ...(isAgeOpen ? [{ code: "ageOpen" as const }] : []),
      ...(event.rows.includes("fee.raChild") ? [{ code: "childDocument" as const }] : []),
    ],
  };
}

const unknown = (lines: readonly FeeLine[]): Fee => ({
  kind: "unknown",
  reasons: [...lines, { code: "unknownAmount" }],
});

/**
 * The fee to expect in cents with the reasons in the order of domain 1.3: event, regime, exemptions, minor, add-ons, due on
 * filing (§§ 44 to 53 AufenthV). A missing birth date counts as an adult's; a missing row of the law gives `unknown`.
 */
export function feeFor(situation: Situation, law: Law, today: IsoDate): Fee {
  const plain = feeEventOf(situation, law, today);
  if (!plain) return unknown([]);
  const event = withRegime(plain, situation, law, today);
  const base = baseAmount(event, law);
  if (!base) return unknown([{ code: event.name }]);
  const due = withExemptions(base, event, situation);
  const shared = event.half ? withMinorShare(due, situation, law, today) : due;
  const added = addOns(event, situation, law, today);
  if (!shared || !added) return unknown(base.lines);
  const isUnverified = event.name === "changeToBlueCard" || event.rows.some((row) => law[row]?.verified === false);
  const reasons = [
    ...shared.lines,
    ...added.lines,
    // What is normally free is not asked for on filing.
    ...(isTemporaryProtection(situation.service) ? [] : filingLine(shared, event, law)),
    ...(isUnverified ? [{ code: "unverified" as const }] : []),
  ];
  const [from, to] = [shared.from + added.from, shared.to + added.to];
  return from === to ? { kind: "exact", cents: to, reasons } : { kind: "range", from, to, reasons };
}
