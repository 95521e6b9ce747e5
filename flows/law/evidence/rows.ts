import type { EvidenceCode, EvidenceItem } from "#flows/engine/evidence.ts";
import type { EvidenceCondition } from "#flows/law/evidence/conditions.ts";

/** Why something is asked; the words are `evidence:reason.<reason>`. */
export const evidenceReasons = [
  "identity",
  "currentTitle",
  "representation",
  "residence",
  "housing",
  "insurance",
  "contract",
  "employer",
  "qualification",
  "recognition",
  "licence",
  "experience",
  "pension",
  "income",
  "livelihood",
  "language",
  "integration",
  "pensionRecord",
  "enrolment",
  "studyProgress",
  "hosting",
  "business",
  "tax",
  "marriage",
  "birth",
  "custody",
  "reference",
  "school",
  "consent",
  "protection",
  "change",
  "loss",
  "noPassport",
  "euPerson",
  "dependency",
  "bothPassports",
  "benefitsNotice",
  "pendingApplication",
  "residenceReason",
  "lostDocument",
  "statelessness",
  "guest",
  "lawfulStay",
  "healthReason",
  "grounds",
  "ukraineRight",
  "arrival",
  "registration",
  "militaryDuty",
] as const;
export type EvidenceReason = (typeof evidenceReasons)[number];

type Need = EvidenceItem["need"];
/** One cell of the matrix. With `when`: true gives `need`, open gives "conditional", false gives `otherwise` or nothing. */
export type EvidenceRow = {
  code: EvidenceCode;
  alternatives: readonly EvidenceCode[];
  need: Need;
  reason: EvidenceReason;
  when?: EvidenceCondition;
  otherwise?: Need;
};

type More = Partial<Pick<EvidenceRow, "alternatives" | "when" | "otherwise">>;
/** Makes rows of one need. */
const row =
  (need: Need) =>
  (code: EvidenceCode, reason: EvidenceReason, more: More = {}): EvidenceRow => ({
    code,
    reason,
    need,
    alternatives: [],
    ...more,
  });
export const required = row("required");
export const conditional = row("conditional");
export const optional = row("optional");

/** Evidence of a service by domain 1.10; `extension` is used for extensions and `first` for everything else. */
export type EvidenceSet = { first: readonly EvidenceRow[]; extension?: readonly EvidenceRow[] };

export const pass = required("PASS", "identity");
export const title = required("TITLE", "currentTitle", { when: "hasTitle" });
export const repr = required("REPR", "representation", { when: "isRepresented" });
export const reg = required("REG", "residence", { alternatives: ["RENT"] });
export const regOptional = optional("REG", "residence", { alternatives: ["RENT"] });
export const rent = required("RENT", "housing");
export const kv = required("KV", "insurance");
export const custcons = required("CUSTCONS", "consent", { when: "isMinor" });
export const lic = required("LIC", "licence", { when: "isRegulated" });
export const fin = required("FIN", "livelihood");
export const inc3 = required("INC3", "income");
export const income = required("INC3", "income", { alternatives: ["TAX"] });
export const contr = required("CONTR", "contract");
export const lang = required("LANG", "language");
export const lid = required("LID", "integration");

/** Who it is and what they hold: asked by every service. */
export const base = [pass, title, repr];

/** The same with where they live and their health insurance. */
export const living = [...base, reg, kv];
