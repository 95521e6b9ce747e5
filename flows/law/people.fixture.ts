import { lawInForce, type Law } from "#flows/law/law.ts";
import { lawRows } from "#flows/law/rows.ts";
import type { Situation } from "#flows/law/situation.ts";

/** The reference date of all tests. */
export const today = "2026-11-21";
/** The law in force on that day. */
export const law: Law = lawInForce(lawRows, today);

/** The law without some rows, as when nobody has entered the new year's values yet. */
export function lawWithout(...ids: string[]): Law {
  return Object.fromEntries(Object.entries(law).filter(([id]) => !ids.includes(id)));
}

/** Personas of domain 9 as the law engines see them; all data is invented. */
export const people = {
  P1: {
    service: "W-18g",
    request: "first",
    birth: "1996-03-14",
    nationalities: ["IND"],
    title: { kind: "nationalVisa", validUntil: "2027-01-15" },
    entry: "2026-10-18",
    work: {
      annualGrossCents: 5_800_000,
      degree: "foreignComparable",
      newGraduate: false,
      shortageOccupation: true,
      regulatedProfession: false,
      start: "2026-12-01",
    },
  },
  P2: {
    service: "W-18a",
    request: "extension",
    birth: "1989-07-02",
    nationalities: ["PHL"],
    title: { kind: "residencePermit", validUntil: "2026-12-31" },
    entry: "2023-12-15",
    shortExtension: false,
    work: { degree: "foreignComparable", regulatedProfession: true, employerChanged: false },
  },
  P4: {
    service: "W-20",
    request: "change",
    birth: "1999-05-21",
    nationalities: ["IRN"],
    title: { kind: "residencePermit", validUntil: "2027-03-31" },
    searchAfter: "study",
  },
  P5: {
    service: "FAM-28",
    request: "first",
    birth: "1994-12-11",
    nationalities: ["VNM"],
    title: { kind: "nationalVisa", validUntil: "2027-01-31" },
    entry: "2026-11-02",
    family: { relation: "spouse", referenceBirth: "1992", separated: false, speaksGerman: true },
  },
  P11: {
    service: "D-CARD-P",
    request: "card",
    birth: "1979-08-30",
    nationalities: ["USA"],
    title: { kind: "blueCard", validUntil: "2028-08-14" },
    postalDelivery: true,
    card: { reason: "newPassport" },
  },
  E1: {
    service: "G-DULD",
    request: "extension",
    birth: "1990",
    nationalities: ["AFG"],
    title: { kind: "duldung", validUntil: "2026-12-05" },
    onBenefits: true,
  },
  E2: {
    service: "W-18b",
    request: "extension",
    birth: "1985-01-01",
    nationalities: ["BRA"],
    title: { kind: "residencePermit", validUntil: "2026-11-10" },
  },
} as const satisfies Record<string, Situation>;
export type Person = keyof typeof people;

/** A persona with some facts changed. */
export function person(name: Person, changes: Partial<Situation> = {}): Situation {
  return { ...people[name], ...changes };
}
