import type { NamedAuthority } from "#app/cli/persona/place.ts";
import type { Persona } from "#app/cli/persona/file.ts";
import type { EvidenceList } from "#flows/engine/evidence.ts";
import type { Facts } from "#flows/engine/facts.ts";
import { deadlineFor } from "#flows/law/deadline.ts";
import { evidenceFor } from "#flows/law/evidence.ts";
import { feeFor, type Fee } from "#flows/law/fee.ts";
import { legalBasisFor } from "#flows/law/legalBasis.ts";
import type { Service } from "#flows/services/service.ts";

/** What the service makes of a person: the keys of architecture 11. Amounts are cents. */
export type Report = {
  outcome: "application" | "information" | "otherAuthority" | "notNeeded";
  service: string | null;
  /** Of an application: whether the file holds all that the service asks, or goes the short way. */
  completeness?: "full" | "minimal";
  legalBasis: string | null;
  /** Pages in their order, entry questions first. */
  path: readonly string[];
  /** Codes; what comes later is required too, conditional ones depend on facts nobody asked or are voluntary. */
  evidence: { required: readonly string[]; later: readonly string[]; conditional: readonly string[] };
  fee: ({ cents: number } | { from: number; to: number } | { unknown: true }) & { reasons: readonly string[] };
  authority: NamedAuthority | null;
  deadline: { codes: readonly string[]; date?: string; days?: number };
  findings: readonly string[];
  /** Values of the file that no page on the path asked for. */
  unused: readonly string[];
};

type Completeness = "full" | "minimal";

/** What is said when nothing can be filed: no norm, no fee, no evidence. */
export const nothingToFile = {
  service: null,
  legalBasis: null,
  evidence: { required: [], later: [], conditional: [] },
  fee: { unknown: true, reasons: [] },
  deadline: { codes: [] },
  findings: [],
} as const satisfies Partial<Report>;

function feeOf(fee: Fee): Report["fee"] {
  const reasons = fee.reasons.map(({ code }) => code);
  if (fee.kind === "exact") return { cents: fee.cents, reasons };
  return fee.kind === "range" ? { from: fee.from, to: fee.to, reasons } : { unknown: true, reasons };
}

function evidenceOf(asked: EvidenceList, uploads: Persona["uploads"], completeness: Completeness): Report["evidence"] {
  const codes = asked.flatMap(({ code, alternatives }) => [code, ...alternatives]);
  const required = asked.filter(({ need }) => need === "required").map(({ code }) => code);
  return {
    required,
    later: completeness === "minimal" ? required : codes.filter((code) => uploads.get(code) === "later"),
    conditional: asked.filter(({ need }) => need !== "required").map(({ code }) => code),
  };
}

/** What the law engines say about an application, and which evidence is asked. */
export function applicationOf(
  service: Service,
  facts: Facts,
  uploads: Persona["uploads"],
  completeness: Completeness = "full",
): { asked: EvidenceList } & Omit<Report, "outcome" | "path" | "authority" | "unused"> {
  const situation = service.situation(facts);
  const basis = legalBasisFor(situation, facts.law, facts.today);
  const asked = evidenceFor(situation, facts.law, facts.today);
  const { codes, date, days } = deadlineFor(situation, facts.law, facts.today);
  return {
    asked,
    service: service.id,
    completeness,
    legalBasis: basis.basis ?? null,
    evidence: evidenceOf(asked, uploads, completeness),
    fee: feeOf(feeFor(situation, facts.law, facts.today)),
    deadline: { codes, ...(date === undefined ? {} : { date }), ...(days === undefined ? {} : { days }) },
    findings: basis.findings,
  };
}
