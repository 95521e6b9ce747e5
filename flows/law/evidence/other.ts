import { freeMovementEvidence } from "#flows/law/evidence/freeMovement.ts";
import {
  base,
  conditional,
  contr,
  income,
  lic,
  optional,
  pass,
  reg,
  regOptional,
  rent,
  repr,
  required,
  title,
  type EvidenceSet,
} from "#flows/law/evidence/rows.ts";

/** The notice of benefits, which frees from most fees (§ 53 AufenthV). */
const benefits = conditional("FIN", "benefitsNotice", { when: "isOnBenefits" });
/** A travel document that was lost. */
const lost = required("POL", "lostDocument", { when: "hasLostDocument" });
/** What is there of a passport. */
const anyPassport = conditional("PASS", "identity", { when: "holdsDocument" });
const impossible = required("IMPOSS", "noPassport", { alternatives: ["BAMF"] });

const conditions: Readonly<Record<string, EvidenceSet>> = {
  "C-WORK": { first: [...base, contr, required("EZB", "employer"), lic] },
  "C-COND": { first: [...base, required("CHANGE", "change"), benefits] },
  "C-RES": {
    first: [
      title,
      repr,
      optional("PASS", "identity"),
      required("CONTR", "residenceReason", { when: "movesForJob" }),
      required("ENROL", "residenceReason", { when: "movesForCourse" }),
      required("MARR", "residenceReason", { when: "movesForFamily", alternatives: ["BIRTH"] }),
      required("CHANGE", "residenceReason", { when: "movesForHardship" }),
      required("RENT", "housing", { when: "hasNewFlat" }),
      optional("KV", "insurance"),
      benefits,
    ],
  },
};

const documents: Readonly<Record<string, EvidenceSet>> = {
  "D-CARD-P": { first: [required("PASS", "bothPassports"), title, repr, regOptional, benefits] },
  "D-CARD-D": {
    first: [...base, required("CHANGE", "change", { when: "isDataChange" }), regOptional, benefits],
  },
  "D-CARD-L": {
    first: [
      pass,
      conditional("TITLE", "currentTitle", { when: "hasTitle" }),
      repr,
      required("POL", "loss"),
      regOptional,
    ],
  },
  "D-CARD-C": { first: [...base, regOptional] },
  "D-FIKT": { first: [...base, required("CHANGE", "pendingApplication"), benefits] },
  "D-RA-F": { first: [required("BAMF", "protection"), title, repr, reg, anyPassport, lost] },
  "D-RA-A": { first: [impossible, title, repr, reg, anyPassport, lost] },
  "D-RA-S": {
    first: [required("IMPOSS", "statelessness", { alternatives: ["BAMF"] }), title, repr, reg, anyPassport, lost],
  },
  "D-AE": { first: [impossible, title, repr, reg, anyPassport, lost, benefits] },
  "D-VE": {
    first: [
      pass,
      required("TITLE", "currentTitle", { when: "hostHasTitle" }),
      rent,
      income,
      required("CONTR", "contract", { when: "hostHasJob" }),
      required("REFID", "guest"),
    ],
  },
};

const tolerations: Readonly<Record<string, EvidenceSet>> = {
  "G-DULD": {
    first: [
      title,
      repr,
      optional("PASS", "identity"),
      optional("REG", "residence"),
      required("IMPOSS", "noPassport", { when: "staysWithoutPassport" }),
      required("CONTR", "contract", { when: "staysForWork" }),
      required("CHANGE", "healthReason", { when: "staysForHealth" }),
      benefits,
    ],
  },
  "G-GEST": { first: [title, repr, optional("PASS", "identity"), optional("REG", "residence")] },
};

/** Evidence for conditions, papers, free movement and toleration (domain 1.10). */
export const otherEvidence: Readonly<Record<string, EvidenceSet>> = {
  ...conditions,
  ...documents,
  ...freeMovementEvidence,
  ...tolerations,
};
