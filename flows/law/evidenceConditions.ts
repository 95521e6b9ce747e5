import type { IsoDate } from "#flows/engine/dates.ts";
import { ageBand } from "#flows/law/age.ts";
import { lawValue, type Law } from "#flows/law/law.ts";
import { needsPensionProof } from "#flows/law/legalBasis.ts";
import type { Situation } from "#flows/law/situation.ts";

/** True, false, or `undefined` while the facts do not tell. */
type Rule = (situation: Situation, law: Law, today: IsoDate) => boolean | undefined;

/** Conditions of the evidence matrix by name. */
export const evidenceConditions = {
  hasTitle: ({ title }) => !["none", "noStatus"].includes(title.kind),
  isRepresented: ({ filer }) => filer === "guardian" || filer === "attorney",
  isMinor: ({ birth, filer }, law, today) => {
    const majority = lawValue(law, "age.majority");
    if (birth === undefined || majority === undefined)
      return filer === "parent" || filer === "guardian" ? undefined : false;
    return { below: true, reached: false, open: undefined }[ageBand(birth, today, majority)];
  },
  hasDegree: ({ work }) => (work?.degree === undefined ? undefined : work.degree !== "none"),
  hasForeignQualification: ({ work }) => (work?.degree === undefined ? undefined : work.degree.startsWith("foreign")),
  isItWithoutDegree: ({ work }) => work?.itWithoutDegree ?? false,
  isRegulated: ({ work }) => work?.regulatedProfession,
  needsPensionProof: (situation, law, today) =>
    ["W-18a", "W-18b"].includes(situation.service) ? needsPensionProof(situation, law, today) : false,
  hasNewEmployer: ({ work }) => work?.employerChanged,
  hasNewOrFixedContract: ({ work }) =>
    work?.employerChanged || work?.end !== undefined ? true : work?.employerChanged,
  isSpouse: ({ family }) => (family?.relation === undefined ? undefined : family.relation === "spouse"),
  isChildOrParent: ({ family }) => (family?.relation === undefined ? undefined : family.relation !== "spouse"),
  // Whoever extends has shown it before, and with an exception a certificate is no condition (§ 30 Abs. 1 AufenthG).
  needsLanguage: ({ family, request }) => {
    if (family?.relation === undefined) return undefined;
    if (family.relation !== "spouse") return false;
    return request === "extension" || family.languageException ? undefined : true;
  },
  isStudyDelayed: ({ studyDelayed }) => studyDelayed,
} as const satisfies Record<string, Rule>;
export type EvidenceCondition = keyof typeof evidenceConditions;
