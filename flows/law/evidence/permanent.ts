import {
  required,
  conditional,
  rent,
  reg,
  kv,
  inc3,
  lang,
  lid,
  custcons,
  base,
  living,
  type EvidenceSet,
} from "#flows/law/evidence/rows.ts";

const contract = required("CONTR", "contract", { when: "livesOnJob" });
const pension = required("RV", "pensionRecord");
const home = [...base, rent, kv];
/** Pay, or the taxes of the self-employed. */
const income = [
  required("INC3", "income", { when: "hasOtherIncome" }),
  required("TAX", "tax", { when: "hasBusiness" }),
];
const settlement = [...home, ...income, contract, lang, lid];
/** The self-employed need none of it by law (§ 21 Abs. 4 AufenthG); the authority may look at it all the same. */
const mayShow = [
  conditional("LANG", "language"),
  conditional("LID", "integration"),
  conditional("RV", "pensionRecord"),
];

/** Evidence of permanent titles (domain 1.8, 1.10). */
export const permanentEvidence: Readonly<Record<string, EvidenceSet>> = {
  "N-9": { first: [...settlement, pension] },
  "N-9-3a": { first: [...settlement, required("REFID", "reference"), conditional("MARR", "marriage")] },
  "N-9a": { first: [...home, ...income, conditional("CONTR", "contract"), lang, lid, pension] },
  "N-18c1": { first: [...settlement, pension] },
  "N-18c2": { first: [...settlement, pension] },
  "N-18c3": { first: [...settlement, pension] },
  "N-21-4": { first: [...home, required("TAX", "tax"), ...mayShow] },
  "N-26": { first: [...living, inc3, lang, lid, required("RV", "pensionRecord", { when: "countsPension" })] },
  "N-28": { first: [...settlement, conditional("REFID", "reference")] },
  "N-35": {
    first: [
      ...base,
      reg,
      kv,
      conditional("INC3", "income"),
      required("SCHOOL", "school", { when: "isMinor", otherwise: "conditional" }),
      required("LANG", "language", { when: "isAdult" }),
      custcons,
    ],
  },
};
