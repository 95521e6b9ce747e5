import {
  required,
  conditional,
  optional,
  title,
  repr,
  reg,
  regOptional,
  lang,
  lid,
  type EvidenceSet,
} from "#flows/law/evidence/rows.ts";

/** The passport, or why there is none. */
const identity = [
  required("PASS", "identity", { when: "hasPassport" }),
  required("IMPOSS", "noPassport", { when: "hasNoPassport" }),
];
/** The same for those of whom no passport can be demanded (§ 5 Abs. 3 AufenthG). */
const identityIfThere = [
  conditional("PASS", "identity", { when: "hasPassport" }),
  conditional("IMPOSS", "noPassport", { when: "hasNoPassport" }),
];
const insurance = optional("KV", "insurance");
const decided = [required("BAMF", "protection"), reg, insurance];
const decidedBefore = [optional("BAMF", "protection"), reg, insurance];

const integrated = [
  ...identity,
  title,
  repr,
  reg,
  insurance,
  conditional("INC3", "income"),
  conditional("CONTR", "contract"),
];
/** Refugees cannot be asked to turn to their state. */
const recognised = [title, repr, conditional("PASS", "identity", { when: "hasPassport" })];
const banned = [...identityIfThere, title, repr];
const admitted = [...identity, title, repr];

/** Evidence of humanitarian titles (domain 1.10). */
export const protectionEvidence: Readonly<Record<string, EvidenceSet>> = {
  "H-22": { first: [...admitted, ...decided], extension: [...admitted, ...decidedBefore] },
  // Every proof but that of the nationality is for those who have it, or whom it concerns (domain 3.4).
  "H-24": {
    first: [
      required("UA-NAT", "identity"),
      title,
      required("UA-REP", "representation", { when: "isRepresented" }),
      required("UA-PREV", "ukraineRight", { when: "hadUkraineRight" }),
      required("UA-FAM", "marriage", { when: "isUkraineFamily", otherwise: "optional" }),
      conditional("UA-CUST", "custody", { when: "isMinorWithoutParent" }),
      optional("UA-ENTRY", "arrival"),
      optional("UA-REGI", "registration"),
      optional("UA-ADDR", "residence"),
      conditional("UA-MIL", "militaryDuty", { when: "isMilitaryAsked" }),
    ],
  },
  "H-25-12": { first: [...recognised, ...decided], extension: [...recognised, ...decidedBefore] },
  "H-25-3": { first: [...banned, ...decided], extension: [...banned, ...decidedBefore] },
  "H-25-45": {
    first: [
      ...identityIfThere,
      title,
      repr,
      conditional("CHANGE", "grounds"),
      conditional("BAMF", "protection"),
      regOptional,
      insurance,
    ],
  },
  "H-25a": { first: [...integrated, required("SCHOOL", "school")] },
  "H-25b": { first: [...integrated, lang, lid] },
};
