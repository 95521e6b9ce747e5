import {
  required,
  conditional,
  reg,
  regOptional,
  rent,
  kv,
  custcons,
  base,
  type EvidenceSet,
} from "#flows/law/evidence/rows.ts";

const incomes = [conditional("INC3", "income"), conditional("CONTR", "contract")];
const family = [...base, required("REFID", "reference"), rent, kv, ...incomes];
/** A flat of enough room, or where that is no condition just the address. */
const home = [
  required("RENT", "housing", { when: "needsRoom" }),
  required("REG", "residence", { when: "isRoomWaived", alternatives: ["RENT"] }),
];
const child = [
  ...base,
  required("BIRTH", "birth"),
  required("REFID", "reference"),
  required("CUST", "custody", { when: "needsCustodyProof" }),
  conditional("INC3", "income"),
  reg,
  kv,
];

/** Evidence of titles for family reasons (domain 1.10). */
export const familyEvidence: Readonly<Record<string, EvidenceSet>> = {
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
  "FAM-30": {
    first: [
      ...base,
      required("REFID", "reference"),
      required("MARR", "marriage"),
      required("LANG", "language", { when: "needsLanguage" }),
      ...home,
      kv,
      ...incomes,
    ],
  },
  // Nobody has to ask the other one for papers, or to show where they live.
  "FAM-31": {
    first: [...base, required("MARR", "marriage"), kv, regOptional, ...incomes, conditional("CHANGE", "grounds")],
  },
  "FAM-32": {
    first: [
      ...child,
      required("SCHOOL", "school", { when: "joinsAsOlderChild" }),
      conditional("LANG", "language", { when: "joinsAlone" }),
    ],
  },
  "FAM-33": {
    first: [conditional("PASS", "identity"), ...child.filter(({ code }) => code !== "PASS")],
  },
  "FAM-34": {
    first: [
      ...child,
      required("SCHOOL", "school", { when: "isSixteen" }),
      conditional("LANG", "language", { when: "isAdult" }),
    ],
  },
  "FAM-36": {
    first: [
      ...base,
      required("REFID", "reference"),
      required("BIRTH", "birth", { when: "isBornKin" }),
      required("MARR", "marriage", { when: "isMarriedKin" }),
      required("DEP", "dependency", { when: "isOtherKin" }),
      ...home,
      kv,
      required("INC3", "income", { when: "isParentOfWorker", otherwise: "conditional" }),
      conditional("CONTR", "contract"),
    ],
  },
};
