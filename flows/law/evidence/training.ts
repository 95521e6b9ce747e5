import {
  required,
  conditional,
  custcons,
  fin,
  contr,
  lang,
  living,
  type EvidenceSet,
} from "#flows/law/evidence/rows.ts";

/** Evidence of titles for studies and training (domain 1.10). */
export const trainingEvidence: Readonly<Record<string, EvidenceSet>> = {
  "A-16a": {
    first: [
      ...living,
      contr,
      required("FIN", "livelihood", { when: "isPayBelowNeed" }),
      required("LANG", "language", { when: "needsTrainingGerman" }),
      custcons,
    ],
  },
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
      required("ENROL", "enrolment", { when: "isMeasureOrExam" }),
      required("CONTR", "contract", { when: "isWorkForRecognition" }),
      required("FIN", "livelihood", { alternatives: ["CONTR"], when: "isMeasureOrExam" }),
    ],
  },
  "A-16f": { first: [...living, required("ENROL", "enrolment"), fin, custcons] },
  "A-16g": { first: [...living, contr, conditional("FIN", "livelihood"), custcons] },
  "A-17": {
    first: [
      ...living,
      required("QUAL", "qualification"),
      required("LANG", "language", { when: "seeksTraining", otherwise: "conditional" }),
      fin,
      custcons,
    ],
  },
};
