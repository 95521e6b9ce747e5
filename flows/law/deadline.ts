import { addDays, addMonths, daysBetween, earliest, type IsoDate } from "#flows/engine/dates.ts";
import { ageBand } from "#flows/law/age.ts";
import { lastDay } from "#flows/law/continuation.ts";
import { lawDay, lawValue, type Law } from "#flows/law/law.ts";
import { isSection41 } from "#flows/law/nationals.ts";
import { isTemporaryProtection, type Situation } from "#flows/law/situation.ts";

/**
 * Cases of domain 6. L14 (absence), L15 (missing documents) and L16 (refusal) are never computed: they are words for pages
 * that tell about them.
 */
export const deadlineCodes = [
  "L1",
  "L2",
  "L3",
  "L4",
  "L5",
  "L6",
  "L7",
  "L8",
  "L9",
  "L10",
  "L11",
  "L12",
  "L13",
  "L14",
  "L15",
  "L16",
] as const;
export type DeadlineCode = (typeof deadlineCodes)[number];

/** What the application does to the stay until the decision (§ 81 AufenthG); the words are `law:effect.<effect>`. */
export const effects = [
  "continues",
  "allowed",
  "allowedIfEntitled",
  "removalSuspended",
  "discretion",
  "none",
  "titleNotExtended",
  "opportunityRight",
  "pending",
  "rightByLaw",
  "unlimited",
  "visaAbroad",
  "notConcerned",
  "counselling",
  "unknown",
] as const;
export type Effect = (typeof effects)[number];

/** How pressing a deadline is. */
export const tones = ["none", "calm", "soon", "urgent", "expired"] as const;
export type Tone = (typeof tones)[number];

/**
 * The deadline that matters, its codes from the general to the most pressing one: every case of domain 6 that holds is
 * listed, so a title with 55 days left has L1 and L2, with 10 days left L1, L2 and L3.
 */
export type Deadline = {
  codes: readonly DeadlineCode[];
  /** Last day to apply, or the last day of the title or paper. */
  date?: IsoDate;
  /** Whole days left; 0 on the last day, negative after it. */
  days?: number;
  tone: Tone;
  effect: Effect;
};

const quiet = (effect: Effect): Deadline => ({ codes: [], tone: "none", effect });

function toneOf(days: number, law: Law): Tone {
  if (days < 0) return "expired";
  if (days <= (lawValue(law, "period.applyUrgent") ?? -1)) return "urgent";
  return days <= (lawValue(law, "period.applySoon") ?? -1) ? "soon" : "calm";
}

const pressing: Readonly<Record<Tone, readonly DeadlineCode[]>> = {
  none: [],
  calm: [],
  soon: ["L2"],
  urgent: ["L2", "L3"],
  expired: [],
};

type Rule = (situation: Situation, law: Law, today: IsoDate) => Deadline;

/** A title or national visa: an application in time lets it continue (§ 81 Abs. 4 AufenthG). */
const limitedTitle: Rule = (situation, law, today) => {
  const { validUntil, continues = false } = situation.title;
  const date = lastDay(validUntil, continues, law);
  if (date === undefined) return quiet("unknown");
  const days = daysBetween(today, date);
  const tone = toneOf(days, law);
  if (tone === "expired") return { codes: ["L4"], date, days, tone, effect: "discretion" };
  const later = pressing[tone];
  if (!isForTitle(situation)) {
    return later.length > 0
      ? { codes: later, date, days, tone, effect: "titleNotExtended" }
      : quiet("titleNotExtended");
  }
  // Whoever holds § 104c AufenthG keeps the effect only for the titles that may follow it (§ 104c Abs. 3).
  const mayFollow = ["H-25a", "H-25b"].includes(situation.service);
  if (situation.opportunityRight && !mayFollow) return { codes: later, date, days, tone, effect: "opportunityRight" };
  const youth = youthLimit(situation, law);
  if (youth !== undefined && youth < date) return { ...lastYouthDay(youth, law, today), effect: "continues" };
  const age: DeadlineCode[] = youth !== undefined || countsSixteenth(situation, law, today) ? ["L13"] : [];
  return { codes: [...age, "L1", ...later], date, days, tone, effect: "continues" };
};

/** True for minors whose title depends on the 16th birthday (§ 35 Abs. 1 S. 1 AufenthG). */
function countsSixteenth({ service, birth }: Situation, law: Law, today: IsoDate): boolean {
  const majority = lawValue(law, "age.majority");
  return service === "N-35" && majority !== undefined && ageBand(birth, today, majority) === "below";
}

/** The age limit of § 25a AufenthG as a date of its own, before the title or paper ends. */
function lastYouthDay(date: IsoDate, law: Law, today: IsoDate): Omit<Deadline, "effect"> {
  const days = daysBetween(today, date);
  return { codes: ["L13"], date, days, tone: toneOf(days, law) };
}

/** Only the application for a title has an effect on the stay; a card, a paper or a condition has none. */
function isForTitle(situation: Situation): boolean {
  return ["first", "extension", "change", "permanent"].includes(situation.request);
}

/** Papers that end and bring no effect of § 81: Duldung and Gestattung. An age limit that comes first replaces their date. */
const paper: Rule = (situation, law, today) => {
  const youth = youthLimit(situation, law);
  const date = situation.title.validUntil;
  if (youth !== undefined && (date === undefined || youth < date)) {
    return { ...lastYouthDay(youth, law, today), effect: "none" };
  }
  const codes: DeadlineCode[] = youth === undefined ? ["L12"] : ["L12", "L13"];
  if (date === undefined) return { codes, tone: "calm", effect: "none" };
  const days = daysBetween(today, date);
  return { codes, date, days, tone: toneOf(days, law), effect: "none" };
};

/** The day before the 27th birthday, as early as the birth date allows; an extension has no such limit (§ 25a AufenthG). */
function youthLimit({ service, request, birth }: Situation, law: Law): IsoDate | undefined {
  const limit = lawValue(law, "age.integratedYouth");
  if (service !== "H-25a" || request === "extension" || birth === undefined || limit === undefined) return undefined;
  return addDays(addMonths(earliest(birth), limit * 12), -1);
}

const schengenVisa: Rule = ({ title }, law, today) => {
  if (title.validUntil === undefined) return { codes: ["L7"], tone: "soon", effect: "none" };
  const days = daysBetween(today, title.validUntil);
  const tone = toneOf(days, law);
  // Nothing about this visa is calm: the application does not extend it, however long it lasts.
  return { codes: ["L7"], date: title.validUntil, days, tone: tone === "calm" ? "soon" : tone, effect: "none" };
};

/** A period after the entry; `countsEntryDay` for stays that count the day of entry itself. */
function afterEntry(
  situation: Situation,
  law: Law,
  today: IsoDate,
  row: string,
  countsEntryDay: boolean,
): { date: IsoDate; days: number } | undefined {
  const period = law[row];
  if (situation.entry === undefined || period === undefined) return undefined;
  const last =
    period.unit === "months"
      ? addMonths(situation.entry, period.value)
      : addDays(situation.entry, period.value - (countsEntryDay ? 1 : 0));
  return { date: last, days: daysBetween(today, last) };
}

const withoutTitle: Rule = (situation, law, today) => {
  if (isTemporaryProtection(situation.service)) return temporaryProtection(situation, law, today);
  const isPrivileged = isSection41(
    situation.nationalities,
    situation.work !== undefined || situation.service.startsWith("W-"),
  );
  const own: DeadlineCode[] = isPrivileged ? ["L8"] : [];
  const limit = afterEntry(situation, law, today, isPrivileged ? "period.entry41" : "period.visaFree", !isPrivileged);
  const effect: Effect = isPrivileged ? "allowed" : "allowedIfEntitled";
  if (!limit) return { codes: ["L5", ...own], tone: "soon", effect };
  const tone = toneOf(limit.days, law);
  return tone === "expired"
    ? { codes: [...own, "L6"], ...limit, tone, effect: "removalSuspended" }
    : { codes: ["L5", ...own], ...limit, tone, effect };
};

/**
 * 90 days without a title for people who come from Ukraine while the ordinance lets them; its last day also ends it
 * (UkraineAufenthÜV).
 */
const temporaryProtection: Rule = (situation, law, today) => {
  const limit = afterEntry(situation, law, today, "period.uaExemption", true);
  const end = law["period.uaExemption"]?.validTo;
  const lastEntry = lawDay(law, "date.ukraineEntry");
  const isLate = situation.entry !== undefined && lastEntry !== undefined && situation.entry > lastEntry;
  if (!limit || isLate || (end && limit.date > end)) return { codes: ["L5"], tone: "soon", effect: "allowed" };
  const tone = toneOf(limit.days, law);
  return tone === "expired"
    ? { codes: ["L6"], ...limit, tone, effect: "removalSuspended" }
    : { codes: ["L5"], ...limit, tone, effect: "allowed" };
};

/** A title of another member state; a Blue Card from there has one month (L11), unless the person says it is none. */
const otherEuTitle: Rule = (situation, law, today) => {
  const effect = "allowedIfEntitled";
  const isOtherTitle = situation.service !== "W-18g" || situation.work?.otherBlueCard === false;
  if (isOtherTitle) return { codes: ["L5"], tone: "soon", effect };
  const limit = afterEntry(situation, law, today, "period.blueCardMove", false);
  if (!limit) return { codes: ["L5", "L11"], tone: "soon", effect };
  const tone = toneOf(limit.days, law);
  return { codes: tone === "expired" ? ["L11"] : ["L5", "L11"], ...limit, tone, effect };
};

/** A pending application keeps its effect until the decision, even when the certificate's date has passed. */
const fiktion: Rule = ({ title }, law, today) => {
  if (title.validUntil === undefined) return quiet("pending");
  const days = daysBetween(today, title.validUntil);
  const tone = toneOf(days, law);
  return { codes: [], date: title.validUntil, days, tone: tone === "expired" ? "urgent" : tone, effect: "pending" };
};

/** True if the open application came before the title ended, or while nobody needed one (§ 81 Abs. 3, 4 AufenthG). */
function isPendingInTime({ service, title, other }: Situation): boolean {
  const { pendingSince } = other ?? {};
  const mayContinue = ["none", "nationalVisa", "residencePermit", "blueCard", "ictCard"].includes(title.kind);
  if (service !== "D-FIKT" || !mayContinue || pendingSince === undefined) return false;
  return title.validUntil === undefined || pendingSince <= title.validUntil;
}

const byTitle: Readonly<Record<Situation["title"]["kind"], Rule>> = {
  none: withoutTitle,
  schengenVisa,
  nationalVisa: limitedTitle,
  residencePermit: limitedTitle,
  blueCard: limitedTitle,
  ictCard: limitedTitle,
  settlementPermit: () => quiet("unlimited"),
  euLongTerm: () => quiet("unlimited"),
  fiktion,
  gestattung: paper,
  duldung: paper,
  otherEuTitle,
  noStatus: () => quiet("counselling"),
};

/** A child born here: apply within six months unless the authority acts by itself (§ 33, § 81 Abs. 2 AufenthG). */
const newborn: Rule = (situation, law, today) => {
  const months = lawValue(law, "period.newborn");
  if (situation.birth === undefined || months === undefined) return { codes: ["L9"], tone: "soon", effect: "allowed" };
  const date = addMonths(earliest(situation.birth), months);
  const days = daysBetween(today, date);
  const tone = toneOf(days, law);
  return { codes: ["L9"], date, days, tone, effect: tone === "expired" ? "discretion" : "allowed" };
};

/** Family of EU citizens: the right exists by law, the card only shows it (§ 5 FreizügG/EU). */
const freeMovement: Rule = (situation, law, today) => {
  const limit = afterEntry(situation, law, today, "period.euFamily", false);
  if (!limit) return { codes: ["L10"], tone: "calm", effect: "rightByLaw" };
  const tone = toneOf(limit.days, law);
  return { codes: ["L10"], ...limit, tone: tone === "expired" ? "urgent" : tone, effect: "rightByLaw" };
};

/**
 * The deadline of a person's situation and the effect of applying in time, by domain 6 and 1.11. A rule or date that is
 * missing leaves its part out; nothing here refuses an application.
 */
export function deadlineFor(situation: Situation, law: Law, today: IsoDate): Deadline {
  if (situation.service.startsWith("EU-")) {
    return situation.service.startsWith("EU-CARD") ? freeMovement(situation, law, today) : quiet("rightByLaw");
  }
  // The workers of an employer live abroad and enter with a visa.
  if (situation.service === "W-FAST") return quiet("visaAbroad");
  // The stay of a host is not concerned.
  if (situation.service === "D-VE") return quiet("notConcerned");
  if (isPendingInTime(situation)) return quiet("pending");
  if (situation.service === "FAM-33" && situation.request === "first") return newborn(situation, law, today);
  return byTitle[situation.title.kind](situation, law, today);
}
