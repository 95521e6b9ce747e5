import { funding, german, sideJob } from "#tests/support/blocks/fields.ts";
import { named, type Use } from "#tests/support/blocks/matrix.ts";

/** Fields of vocational training. */
const apprenticeship = named(`
  apprenticeshipKind apprenticeshipOccupation apprenticeshipProvider apprenticeshipPlace apprenticeshipStart
  apprenticeshipEnd contractRegistered
`);

/** Blocks of these services (domain 2.8). */
export const trainingBlocks: Readonly<Record<string, Use>> = {
  "A-16b": {
    column: "study",
    own: {
      employerAndJob: sideJob,
      studyAndTraining: named(`
        studyKind institution institutionPlace matriculationNumber studySubject degreeAimed studyStart studyEnd
        semester creditPoints studyOnTime studyInterrupted subjectChanged studyDelayDetails
      `),
      languageAndIntegration: german,
      livelihood: funding,
    },
    personas: ["a16b-first", "a16b"],
    away: ["representation", "formerNames", "employerAndJob"],
  },
  "A-16a": {
    column: "study",
    own: {
      employerAndJob: sideJob,
      studyAndTraining: apprenticeship,
      languageAndIntegration: [...german, "languageChecked"],
      livelihood: [...funding, "apprenticeshipPay"],
    },
    personas: ["a-16a", "a-16a-school"],
    away: ["representation", "formerNames", "employerAndJob"],
  },
  "A-16d": {
    column: "study",
    own: {
      employerAndJob: sideJob,
      studyAndTraining: named("recognitionPath planProvider planPlace planStart planEnd"),
      qualification: named("trainingOccupation trainingCountry equivalenceStatus"),
      languageAndIntegration: german,
      livelihood: funding,
    },
    personas: ["a-16d", "a-16d-partnership"],
    away: ["representation", "formerNames", "employerAndJob"],
  },
  "A-16f": {
    column: "study",
    own: {
      employerAndJob: sideJob,
      studyAndTraining: named(`
        courseHours institution institutionPlace studyStart studyEnd
        schoolStay institution institutionPlace schoolKind schoolGrade studyStart studyEnd
      `),
      languageAndIntegration: german,
      livelihood: funding,
    },
    personas: ["a-16f", "a-16f-school"],
    away: ["representation", "formerNames", "employerAndJob"],
  },
  "A-16g": {
    column: "study",
    own: {
      employerAndJob: sideJob,
      studyAndTraining: apprenticeship,
      languageAndIntegration: german,
      livelihood: [...funding, "apprenticeshipPay"],
    },
    personas: ["a-16g"],
    away: ["representation", "formerNames", "employerAndJob"],
  },
  "A-17": {
    column: "study",
    own: {
      employerAndJob: sideJob,
      studyAndTraining: named("placeSearched searchedSubject"),
      qualification: ["universityAccess"],
      languageAndIntegration: german,
      livelihood: funding,
    },
    personas: ["a-17", "a-17-study"],
    away: ["representation", "formerNames", "employerAndJob"],
  },
};
