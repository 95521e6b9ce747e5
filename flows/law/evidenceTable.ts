import type { EvidenceCode, EvidenceItem } from "#flows/engine/evidence.ts";
import type { EvidenceCondition } from "#flows/law/evidenceConditions.ts";

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
const row =
  (need: Need) =>
  (code: EvidenceCode, reason: EvidenceReason, more: More = {}): EvidenceRow => ({
    code,
    reason,
    need,
    alternatives: [],
    ...more,
  });
const required = row("required");
const conditional = row("conditional");
const optional = row("optional");

const pass = required("PASS", "identity");
const title = required("TITLE", "currentTitle", { when: "hasTitle" });
const repr = required("REPR", "representation", { when: "isRepresented" });
const reg = required("REG", "residence", { alternatives: ["RENT"] });
const regOptional = optional("REG", "residence", { alternatives: ["RENT"] });
const rent = required("RENT", "housing");
const kv = required("KV", "insurance");
const custcons = required("CUSTCONS", "consent", { when: "isMinor" });
const lic = required("LIC", "licence", { when: "isRegulated" });
const fin = required("FIN", "livelihood");
const inc3 = required("INC3", "income");
const income = required("INC3", "income", { alternatives: ["TAX"] });
const contr = required("CONTR", "contract");
const lang = required("LANG", "language");
const lid = required("LID", "integration");

const base = [pass, title, repr];
const living = [...base, reg, kv];
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
const settlement = [...base, rent, kv, income, conditional("CONTR", "contract"), lid, lang];
const family = [
  ...base,
  required("REFID", "reference"),
  rent,
  kv,
  conditional("INC3", "income"),
  conditional("CONTR", "contract"),
];
const child = [
  ...base,
  required("BIRTH", "birth"),
  required("REFID", "reference"),
  conditional("CUST", "custody"),
  conditional("INC3", "income"),
  reg,
  kv,
];
const card = [...base, conditional("CHANGE", "change"), regOptional];
const document = [
  required("IMPOSS", "noPassport", { alternatives: ["BAMF"] }),
  title,
  repr,
  conditional("PASS", "identity"),
  reg,
];
const euFamily = [
  ...base,
  required("EUREF", "euPerson"),
  required("MARR", "marriage", { alternatives: ["BIRTH"] }),
  required("REG", "residence"),
  conditional("KV", "insurance"),
  conditional("FIN", "livelihood"),
];
const toleration = [
  title,
  repr,
  optional("PASS", "identity"),
  optional("REG", "residence"),
  conditional("CONTR", "contract"),
  conditional("IMPOSS", "noPassport"),
];
const integrated = [
  required("PASS", "identity", { alternatives: ["IMPOSS"] }),
  title,
  repr,
  reg,
  optional("KV", "insurance"),
  conditional("INC3", "income"),
  conditional("CONTR", "contract"),
];

/** Evidence of a service by domain 1.10; `extension` is used for extensions and `first` for everything else. */
export type EvidenceSet = { first: readonly EvidenceRow[]; extension?: readonly EvidenceRow[] };

const skilledWork: EvidenceSet = { first: workFirst, extension: workExtension };

/** The matrix of domain 1.10: a new service adds a row. */
export const evidenceTable: Readonly<Record<string, EvidenceSet>> = {
  "W-18a": skilledWork,
  "W-18b": skilledWork,
  "W-18g": skilledWork,
  "W-19c1": skilledWork,
  "W-19c2": {
    first: [...workFirst.filter((item) => item.code !== "EXP"), required("EXP", "experience")],
    extension: workExtension,
  },
  "W-18d": { first: [...living, required("HOST", "hosting"), conditional("FIN", "livelihood")] },
  "W-20": { first: [...base, required("QUAL", "qualification"), fin, kv, reg] },
  "W-20a": { first: [...base, required("RECOG", "recognition", { alternatives: ["QUAL"] }), lang, fin, kv, reg] },
  "W-21": {
    first: [...living, required("BIZ", "business"), lic, conditional("PEN", "pension")],
    extension: [...living, required("TAX", "tax"), lic],
  },
  "A-16a": { first: [...living, contr, conditional("FIN", "livelihood"), conditional("LANG", "language"), custcons] },
  "A-16b": {
    first: [...living, required("ENROL", "enrolment"), fin, custcons],
    extension: [
      ...living,
      required("ENROL", "enrolment"),
      fin,
      required("STUDY", "studyProgress", { when: "isStudyDelayed", otherwise: "conditional" }),
      custcons,
    ],
  },
  "A-16d": {
    first: [
      ...living,
      required("RECOG", "recognition"),
      lang,
      required("CONTR", "contract", { alternatives: ["ENROL", "FIN"] }),
    ],
  },
  "A-16f": { first: [...living, required("ENROL", "enrolment"), fin, custcons] },
  "A-17": { first: [...living, required("QUAL", "qualification"), conditional("LANG", "language"), fin, custcons] },
  "FAM-28": {
    first: [
      ...family,
      required("MARR", "marriage", { when: "isSpouse" }),
      required("BIRTH", "birth", { when: "isChildOrParent" }),
      conditional("CUST", "custody", { when: "isChildOrParent" }),
      required("LANG", "language", { when: "needsLanguage" }),
      custcons,
    ],
  },
  "FAM-30": { first: [...family, required("MARR", "marriage"), conditional("LANG", "language")] },
  "FAM-32": { first: [...child, conditional("SCHOOL", "school")] },
  "FAM-33": { first: [conditional("PASS", "identity"), ...child.filter((item) => item.code !== "PASS")] },
  "FAM-34": { first: [...child, conditional("SCHOOL", "school")] },
  "H-24": {
    first: [
      required("PASS", "identity", { alternatives: ["BIRTH"] }),
      title,
      repr,
      regOptional,
      conditional("MARR", "marriage"),
      conditional("BIRTH", "birth"),
    ],
  },
  "H-25-12": {
    first: [
      title,
      repr,
      required("BAMF", "protection"),
      reg,
      optional("KV", "insurance"),
      conditional("PASS", "identity"),
    ],
    extension: [
      title,
      repr,
      optional("BAMF", "protection"),
      reg,
      optional("KV", "insurance"),
      conditional("PASS", "identity"),
    ],
  },
  "H-25a": { first: [...integrated, required("SCHOOL", "school")] },
  "H-25b": { first: [...integrated, lang, lid] },
  "N-9": { first: [...settlement, required("RV", "pensionRecord")] },
  "N-9a": { first: [...settlement, required("RV", "pensionRecord")] },
  "N-18c1": { first: [...settlement, required("RV", "pensionRecord")] },
  "N-18c2": { first: [...settlement, required("RV", "pensionRecord")] },
  "N-26": { first: [...living, inc3, lang, lid] },
  "N-28": { first: settlement },
  "C-WORK": { first: [...base, contr, required("EZB", "employer"), lic] },
  "C-RES": {
    first: [
      title,
      repr,
      optional("PASS", "identity"),
      required("CONTR", "change", { alternatives: ["ENROL", "MARR", "CHANGE"] }),
      conditional("RENT", "housing"),
    ],
  },
  "D-CARD-P": { first: card },
  "D-CARD-D": { first: [...base, required("CHANGE", "change"), regOptional] },
  "D-CARD-L": { first: [pass, repr, required("POL", "loss"), regOptional] },
  "D-CARD-C": { first: card },
  "D-FIKT": { first: [...base, conditional("CHANGE", "change")] },
  "D-RA-F": { first: [required("BAMF", "protection"), title, repr, reg] },
  "D-RA-A": { first: document },
  "D-RA-S": { first: document },
  "D-AE": { first: document },
  "D-VE": { first: [pass, rent, inc3, conditional("TITLE", "currentTitle"), contr] },
  "EU-CARD": { first: euFamily },
  "EU-CARD3a": { first: [...euFamily, required("DEP", "dependency")] },
  "EU-PERM": { first: euFamily },
  "G-DULD": { first: toleration },
  "G-GEST": { first: toleration },
};

/** What every other service asks: who it is, what they hold, where they live. */
export const evidenceByDefault: EvidenceSet = { first: [...base, regOptional] };
