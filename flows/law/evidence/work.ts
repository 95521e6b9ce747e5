import {
  required,
  conditional,
  reg,
  regOptional,
  kv,
  custcons,
  rent,
  lic,
  fin,
  inc3,
  contr,
  lang,
  base,
  living,
  type EvidenceSet,
} from "#flows/law/evidence/rows.ts";

const workFirst = [
  ...base,
  contr,
  required("EZB", "employer"),
  required("QUAL", "qualification", { when: "hasDegree", otherwise: "optional" }),
  required("RECOG", "recognition", { when: "hasForeignQualification" }),
  required("EXP", "experience", { when: "isItWithoutDegree" }),
  lic,
  required("PEN", "pension", { when: "needsPensionProof" }),
  kv,
  reg,
  custcons,
];
const workExtension = [
  ...base,
  inc3,
  required("CONTR", "contract", { when: "hasNewOrFixedContract", otherwise: "conditional" }),
  required("EZB", "employer", { when: "hasNewEmployer" }),
  conditional("RECOG", "recognition", { when: "hasForeignQualification" }),
  lic,
  kv,
  regOptional,
];

/** The first title without the rows that other jobs have in another way. */
const jobFirst = workFirst.filter(({ code }) => !["QUAL", "RECOG", "EXP"].includes(code));
const skilledWork: EvidenceSet = { first: workFirst, extension: workExtension };

/** Evidence of titles for work (domain 1.10). */
export const workEvidence: Readonly<Record<string, EvidenceSet>> = {
  "W-18a": skilledWork,
  "W-18b": skilledWork,
  "W-18g": skilledWork,
  "W-18d": {
    first: [...living, required("HOST", "hosting"), required("FIN", "livelihood", { when: "isUnpaidByHost" }), lic],
    extension: [
      ...base,
      required("HOST", "hosting"),
      required("INC3", "income", { when: "isPaidByHost" }),
      required("FIN", "livelihood", { when: "isUnpaidByHost" }),
      lic,
      kv,
      regOptional,
    ],
  },
  "W-19c1": {
    first: [
      ...jobFirst,
      required("QUAL", "qualification", { when: "isListedQualified", otherwise: "conditional" }),
      conditional("RECOG", "recognition"),
    ],
    extension: workExtension,
  },
  "W-19c2": {
    first: [
      ...jobFirst,
      required("EXP", "experience"),
      required("QUAL", "qualification", { when: "hasHomeQualification", otherwise: "optional" }),
      required("RECOG", "recognition", { when: "isRecognisedAtHome" }),
    ],
    extension: workExtension,
  },
  "W-19d": {
    first: [
      ...base,
      contr,
      required("EZB", "employer"),
      required("QUAL", "qualification", { when: "hasDegree", otherwise: "optional" }),
      required("RECOG", "recognition", { when: "hasForeignQualification" }),
      required("EXP", "experience", { when: "hasWorkedLong" }),
      lang,
      lic,
      rent,
      kv,
      custcons,
    ],
    extension: workExtension,
  },
  "W-19e": { first: [...living, contr, custcons] },
  "W-20": { first: [...base, required("QUAL", "qualification"), fin, kv, reg] },
  "W-20a": {
    first: [
      ...base,
      required("QUAL", "qualification"),
      required("RECOG", "recognition", { when: "showsRecognition" }),
      required("EXP", "experience", { when: "countsExperience" }),
      lang,
      fin,
      required("CONTR", "contract", { when: "followsSearch" }),
      required("EZB", "employer", { when: "followsSearch" }),
      kv,
      reg,
    ],
  },
  "W-21": {
    first: [
      ...living,
      required("BIZ", "business"),
      conditional("QUAL", "qualification", { when: "isGraduateFounder" }),
      lic,
      required("PEN", "pension", { when: "isOldForPension" }),
    ],
    extension: [...living, required("TAX", "tax"), lic, required("PEN", "pension", { when: "isOldForPension" })],
  },
  "W-FAST": {
    first: [
      required("REPR", "representation"),
      contr,
      required("QUAL", "qualification", { when: "hasQualifiedWorkers", otherwise: "conditional" }),
      required("RECOG", "recognition", { when: "hasRecognisedWorkers", otherwise: "conditional" }),
    ],
  },
};
