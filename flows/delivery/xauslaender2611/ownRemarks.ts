import type { Remarks } from "#flows/delivery/xauslaender2611/remarks.ts";

/** What clerks need at once of a host and 130201 has no element for. */
export const hostRemarks: Remarks = {
  Gastgeber: { hostStatus: "Aufenthalt", hostTitleValidUntil: "Titel gültig bis", declareLiability: "Haftung bekannt" },
  "Frühere Namen": { birthName: "Geburtsname", otherNames: "andere Namen" },
  Einkommen: {
    incomeSources: "Quellen",
    ownNetMonthly: "netto im Monat in Euro",
    currentWeeklyHours: "Wochenstunden",
    dependants: "Zahl der Personen, für die gesorgt wird",
  },
  Wohnung: {
    housingKind: "Art",
    flatArea: "Fläche in m²",
    rooms: "Zahl der Zimmer",
    householdSize: "Zahl der Personen",
    rent: "Warmmiete im Monat in Euro",
  },
};

/** The same of the guests' stay; it stands in their own notes. */
export const stayRemarks: Remarks = { Aufenthalt: { visitPurpose: "Zweck", visitFrom: "von", visitTo: "bis" } };

/** What clerks need at once of the employer and the job and 130401 has no element for. */
export const fastTrackRemarks: Remarks = {
  Arbeitgeber: { employerContactName: "Ansprechperson", employerIndustry: "Branche", employerNumber: "Betriebsnummer" },
  Stelle: {
    jobTitle: "Bezeichnung",
    jobStart: "Beginn",
    jobEnd: "Ende",
    weeklyHours: "Wochenstunden",
    grossAnnual: "brutto im Jahr in Euro",
    workplace: "Arbeitsort",
    temporaryAgency: "Zeitarbeit",
    regulatedProfession: "reglementierter Beruf",
  },
  Verfahren: { powerOfAttorney: "Vollmacht aller Fachkräfte", fastTrackAgreement: "Vereinbarung mit der Behörde" },
};

/** What the first worker's elements leave open; the country only if it is none abroad. */
export const openRemarks = {
  workerCountry: "lebt in",
  workerQualification: "Abschluss",
  workerRecognition: "Anerkennung",
} as const;

/** A worker without elements of their own. */
export const workerRemarks = {
  workerFamilyName: "Familienname",
  workerGivenNames: "Vornamen",
  workerDateOfBirth: "geboren",
  workerNationality: "Staatsangehörigkeit",
  ...openRemarks,
} as const;
