import type { TriageAnswers } from "#flows/services/triage.ts";

/** Answers that lead to a service. */
type Wish = Partial<
  Pick<
    TriageAnswers,
    | "applicantIs"
    | "livedHereBefore2021"
    | "familyOf"
    | "freeMovementGoal"
    | "currentTitleType"
    | "request"
    | "purpose"
    | "workGoal"
    | "studyGoal"
    | "familyGoal"
    | "protectionGoal"
    | "opportunityTarget"
    | "settlementGoal"
    | "conditionGoal"
    | "cardGoal"
    | "documentGoal"
    | "certificateGoal"
  >
>;

const oneOf = <Question extends keyof Wish>(question: Question, services: Partial<Record<string, string>>) =>
  Object.entries(services).map(([answer, service]) => ({
    wish: { [question]: answer } as Wish,
    service: service ?? "",
  }));

/** Where the entry questions lead, those of the short path too: the first row that holds (domain 1.1, 1.4 to 1.9). */
export const wishes: readonly { wish: Wish; service: string }[] = [
  ...oneOf("applicantIs", { employee: "W-FAST", guest: "D-VE" }),
  { wish: { livedHereBefore2021: true }, service: "EU-GB" },
  ...oneOf("freeMovementGoal", {
    familyCard: "EU-CARD",
    closePersonCard: "EU-CARD3a",
    permanentResidence: "EU-PERM",
  }),
  { wish: { currentTitleType: "duldung", request: "extension" }, service: "G-DULD" },
  { wish: { currentTitleType: "gestattung", request: "extension" }, service: "G-GEST" },
  { wish: { currentTitleType: "fiktion", request: "extension" }, service: "D-FIKT" },
  ...oneOf("workGoal", {
    blueCard: "W-18g",
    academic: "W-18b",
    vocational: "W-18a",
    research: "W-18d",
    experienced: "W-19c2",
    listedJob: "W-19c1",
    selfEmployed: "W-21",
    jobSearch: "W-20",
    opportunityCard: "W-20a",
    voluntaryService: "W-19e",
    toleratedWorker: "W-19d",
  }),
  ...oneOf("studyGoal", {
    degree: "A-16b",
    training: "A-16a",
    languageCourse: "A-16f",
    school: "A-16f",
    recognitionMeasure: "A-16d",
    trainingSearch: "A-17",
    toleratedTraining: "A-16g",
  }),
  { wish: { purpose: "family", familyOf: "german" }, service: "FAM-28" },
  ...oneOf("familyGoal", {
    spouse: "FAM-30",
    child: "FAM-32",
    newborn: "FAM-33",
    childExtension: "FAM-34",
    ownRight: "FAM-31",
    otherRelative: "FAM-36",
    subsidiaryFamily: "FAM-36",
  }),
  ...oneOf("opportunityTarget", { youth: "H-25a", integration: "H-25b" }),
  ...oneOf("protectionGoal", {
    recognised: "H-25-12",
    deportationBan: "H-25-3",
    urgentStay: "H-25-45",
    youth: "H-25a",
    integration: "H-25b",
    admission: "H-22",
    ukraine: "H-24",
  }),
  ...oneOf("settlementGoal", {
    general: "N-9",
    skilledWorker: "N-18c1",
    blueCard: "N-18c2",
    highlyQualified: "N-18c3",
    spouseOfSkilled: "N-9-3a",
    selfEmployed: "N-21-4",
    protection: "N-26",
    germanFamily: "N-28",
    youth: "N-35",
    euLongTerm: "N-9a",
  }),
  ...oneOf("conditionGoal", { employment: "C-WORK", residence: "C-RES", otherCondition: "C-COND" }),
  ...oneOf("cardGoal", {
    newPassport: "D-CARD-P",
    data: "D-CARD-D",
    addressOnly: "D-CARD-D",
    expired: "D-CARD-D",
    lost: "D-CARD-L",
    defect: "D-CARD-C",
  }),
  ...oneOf("documentGoal", {
    refugee: "D-RA-F",
    foreigner: "D-RA-A",
    stateless: "D-RA-S",
    identitySubstitute: "D-AE",
  }),
  ...oneOf("certificateGoal", { fiktion: "D-FIKT" }),
];
