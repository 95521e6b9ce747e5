import type { IsoDate } from "#flows/engine/dates.ts";
import type { FindingCode } from "#flows/law/findings.ts";
import type { Law } from "#flows/law/law.ts";
import type { Situation } from "#flows/law/situation.ts";

/** A suggestion, never a decision: the norm in German, how sure it is, and what speaks against it. */
export type LegalBasis = {
  basis: string | undefined;
  certainty: "likely" | "unclear";
  findings: readonly FindingCode[];
};

/** How a service's facts read for the law; pure, total, and without a refusal. */
export type Rule = (situation: Situation, law: Law, today: IsoDate) => LegalBasis;

/** A basis that the facts speak for, with what the authority may look at all the same. */
export const likely = (basis: string, ...findings: FindingCode[]): LegalBasis => ({
  basis,
  certainty: "likely",
  findings,
});

/** A basis that something speaks against, or none. */
export const unclear = (basis: string | undefined, ...findings: FindingCode[]): LegalBasis => ({
  basis,
  certainty: "unclear",
  findings,
});

/** The basis if nothing weighs against it, an unclear one otherwise. */
export const unlessFound = (basis: string, ...findings: FindingCode[]): LegalBasis =>
  findings.length > 0 ? unclear(basis, ...findings) : likely(basis);

/** The finding if it holds, for lists of them. */
export const foundIf = (holds: boolean | undefined, code: FindingCode): readonly FindingCode[] =>
  holds === true ? [code] : [];

/** The same basis whatever the facts. */
export const plain =
  (basis: string): Rule =>
  () =>
    likely(basis);
