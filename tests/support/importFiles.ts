import { csvRow } from "#app/import/csv.ts";

/** A row of a file for centres, by column. */
export type Cells = Readonly<Record<string, string>>;

/** A birthday of grown-ups; that of somebody else comes again after 10,000 people only. */
const birthday = (number: number): string =>
  [(number % 28) + 1, (Math.floor(number / 28) % 12) + 1, 1970 + (Math.floor(number / 336) % 30)].join(".");

/** A grown-up Ukrainian of a family of one; everybody has a name and a passport of their own. */
export function onePerson(number: number, change: Cells = {}): Cells {
  const tail = String(number).padStart(5, "0");
  const letters = [...tail].map((digit) => "abcdefghij"[Number(digit)] ?? "").join("");
  return {
    family: `F${number}`,
    relation: "first",
    declared: "ja",
    nationalities: "UKR",
    latinDocument: "ja",
    familyName: `Test${letters}`,
    givenNames: "Olena",
    nameChanged: "nein",
    dateOfBirth: birthday(number),
    placeOfBirth: "Kharkiv",
    countryOfBirth: "UKR",
    sex: "w",
    maritalStatus: "single",
    maritalStatusSince: "",
    identityDocType: "passport",
    number: `FX${tail}`,
    issuingState: "UKR",
    issuedOn: "20.05.2020",
    validUntil: "19.05.2030",
    protectionElsewhere: "none",
    arrivalRegistered: "nein",
    postalCode: "14467",
    place: "Potsdam",
    housingKind: "shelter",
    street: "Musterallee",
    houseNo: "7",
    coName: "Haus Beispiel",
    addressSince: "12.11.2026",
    registered: "nein",
    entryDateCurrent: "10.11.2026",
    entryFrom: "POL",
    ukrainePlace: "Kharkiv",
    leftUkraineOn: "08.11.2026",
    email: "",
    representativeRole: "",
    familyNameOriginal: "",
    givenNamesOriginal: "",
    careOfMinor: "",
    ukraineRight: "",
    ...change,
  };
}

const ofTheFirst: Cells = {
  arrivalRegistered: "",
  postalCode: "",
  place: "",
  housingKind: "",
  street: "",
  houseNo: "",
  coName: "",
  addressSince: "",
  registered: "",
  entryDateCurrent: "",
  entryFrom: "",
  ukrainePlace: "",
  leftUkraineOn: "",
};

/** Somebody of a family whose first person stands in the file already: what all share is left out. */
export function member(number: number, id: string, relation: string, change: Cells = {}): Cells {
  return onePerson(number, { ...ofTheFirst, family: id, relation, ...change });
}

/** Mother, father and daughter; what father and daughter share with the mother is left out. */
export function family(id: string, first: number): Cells[] {
  return [
    onePerson(first, { family: id, maritalStatus: "married", maritalStatusSince: "2010" }),
    member(first + 1, id, "spouse", { sex: "m", givenNames: "Andrij", maritalStatus: "" }),
    member(first + 2, id, "child", { givenNames: "Daryna", dateOfBirth: "05.06.2011" }),
  ];
}

/** The rows as a CSV file, with the columns of the first one. */
export function csvOf(rows: readonly Cells[], columns: readonly string[] = Object.keys(onePerson(0))): Buffer {
  return Buffer.from(csvRow(columns) + rows.map((row) => csvRow(columns.map((name) => row[name]))).join(""));
}
