import { named } from "#tests/support/blocks/matrix.ts";

/** Fields of the employer and the job. */
export const jobFields = named(`
  employerChanged employerName employerStreet employerPostalCode employerPlace employerIndustry employerNumber
  ownShare employerContactName employerPhone employerEmail jobTitle jobDuties jobStart jobEnd weeklyHours workplace
  temporaryAgency regulatedProfession grossAnnual
`);
/** Fields of a degree. */
export const degreeFields = named(
  "degree fieldOfStudy degreeTitle university degreeCountry degreeDate recognitionStatus",
);
/** Fields of a job beside the purpose. */
export const sideJob = named("currentEmployer currentJobTitle currentWeeklyHours");
/** Fields of the means without full pay. */
export const funding = named("incomeSources monthlyMeans savings monthsCovered publicScholarship");
/** Fields of the knowledge of German. */
export const german = named("germanLevel languageCertificate languageCertificateDate");
