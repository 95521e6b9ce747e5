import { conditional, optional, pass, repr, required, type EvidenceSet } from "#flows/law/evidence/rows.ts";

const residence = required("REG", "residence");
/** Who has a title of an earlier time may show it. */
const anyTitle = optional("TITLE", "currentTitle", { when: "hasTitle" });
const marriage = required("MARR", "marriage", { when: "isUnionSpouse" });
const birth = required("BIRTH", "birth", { when: "isUnionChildOrParent" });
/** Five years are shown by insurance, pay, studies or means. */
const lawfulStay = required("RV", "lawfulStay", { alternatives: ["INC3", "ENROL", "FIN"] });

const family = [pass, anyTitle, repr, required("EUREF", "euPerson")];
const means = [
  residence,
  required("KV", "insurance", { when: "unionPersonDoesNotWork" }),
  required("FIN", "livelihood", { when: "unionPersonDoesNotWork" }),
];

/** Evidence of papers that show free movement (domain 1.10); Union citizens show nothing of a family. */
export const freeMovementEvidence: Readonly<Record<string, EvidenceSet>> = {
  "EU-CARD": {
    first: [...family, marriage, birth, required("DEP", "dependency", { when: "isUnionDependant" }), ...means],
  },
  "EU-CARD3a": { first: [...family, conditional("BIRTH", "birth"), required("DEP", "dependency"), ...means] },
  "EU-PERM": {
    first: [
      pass,
      anyTitle,
      repr,
      required("EUREF", "euPerson", { when: "isUnionFamily" }),
      marriage,
      birth,
      residence,
      lawfulStay,
    ],
  },
  "EU-GB": { first: [pass, anyTitle, repr, residence, lawfulStay] },
};
