import { columnLabel, importText, optionLabel, type TwoLanguages } from "#app/i18n/importWords.ts";
import { CSV_MARK, csvRow } from "#app/import/csv.ts";
import type { Field } from "#flows/engine/fields.ts";
import { sharedFields } from "#flows/import/answers.ts";
import { neededFields, ownColumns, templateColumns, type Column } from "#flows/import/columns.ts";

const columns: readonly string[] = [...ownColumns, ...templateColumns.map(({ name }) => name)];

/** An invented family, as a centre would write it down: what all share stands in the first row alone. */
const example: readonly Readonly<Record<string, string>>[] = [
  {
    family: "1",
    relation: "first",
    declared: "ja",
    nationalities: "UKR",
    latinDocument: "ja",
    familyName: "TESTENKO",
    givenNames: "Olena",
    familyNameOriginal: "ТЕСТЕНКО",
    givenNamesOriginal: "Олена",
    nameChanged: "nein",
    dateOfBirth: "11.04.1991",
    placeOfBirth: "Kharkiv",
    countryOfBirth: "UKR",
    sex: "w",
    maritalStatus: "married",
    maritalStatusSince: "20.08.2010",
    identityDocType: "passport",
    number: "X0000091",
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
    enteredEuOn: "09.11.2026",
    preferredLanguage: "uk",
  },
  {
    family: "1",
    relation: "spouse",
    declared: "ja",
    nationalities: "UKR",
    latinDocument: "ja",
    familyName: "TESTENKO",
    givenNames: "Andrij",
    nameChanged: "nein",
    dateOfBirth: "23.01.1990",
    placeOfBirth: "Kharkiv",
    countryOfBirth: "UKR",
    sex: "m",
    maritalStatus: "married",
    maritalStatusSince: "20.08.2010",
    identityDocType: "passport",
    number: "X0000092",
    issuingState: "UKR",
    issuedOn: "20.05.2020",
    validUntil: "19.05.2030",
    protectionElsewhere: "none",
  },
  {
    family: "1",
    relation: "child",
    declared: "ja",
    nationalities: "UKR",
    latinDocument: "nein",
    familyNameOriginal: "Тестенко",
    givenNamesOriginal: "Максим",
    nameChanged: "nein",
    dateOfBirth: "17.03.2018",
    placeOfBirth: "Kharkiv",
    countryOfBirth: "UKR",
    sex: "m",
    maritalStatus: "single",
    identityDocType: "birthCertificate",
    protectionElsewhere: "none",
  },
];

const optionsOf = (name: string, options: readonly string[]): TwoLanguages => {
  const listed = (side: keyof TwoLanguages) =>
    options.map((option) => `${option} = ${optionLabel(name, option)[side]}`).join("; ");
  return { de: listed("de"), uk: listed("uk") };
};

/** What may stand in a column, in words. */
function valuesOf(name: string, field: Field): TwoLanguages {
  switch (field.kind) {
    case "choice":
      return optionsOf(name, field.options);
    case "choices": {
      const options = optionsOf(name, field.options);
      const several = importText("columns", "several");
      return { de: `${options.de} (${several.de})`, uk: `${options.uk} (${several.uk})` };
    }
    case "text":
      return importText("columns", field.schema.safeParse("Є").success ? "text" : "latin");
    case "number":
    case "money":
      return importText("columns", "text");
    default:
      return importText("columns", field.kind);
  }
}

const mark = (isMarked: boolean): string => (isMarked ? "x" : "");

function explained({ name, field }: Column): string {
  const needed: readonly string[] = neededFields;
  const [label, values] = [columnLabel(name), valuesOf(name, field)];
  const marks = [mark(needed.includes(name)), mark(sharedFields.includes(name))];
  return csvRow([name, ...marks, label.de, label.uk, values.de, values.uk]);
}

function explainedOwn(name: (typeof ownColumns)[number]): string {
  const [label, text] = [columnLabel(name), importText("columns", `${name}Text`)];
  return csvRow([name, "x", "", label.de, label.uk, text.de, text.uk]);
}

/** What every column means and takes, in German and Ukrainian. */
function explanation(): string {
  const { de, uk } = importText("columns", "values");
  const titles = ["name", "needed", "shared", "labelDe", "labelUk"].map((name) => importText("columns", name).de);
  return [csvRow([...titles, de, uk]), ...ownColumns.map(explainedOwn), ...templateColumns.map(explained)].join("");
}

/** The published files for centres by name: the empty template, the same with an invented family, as JSON, and what it all means. */
export function templateFiles(): Readonly<Record<string, string>> {
  const filled = example.map((person) => csvRow(columns.map((name) => person[name] ?? "")));
  return {
    "h-24.csv": CSV_MARK + csvRow(columns),
    "h-24-example.csv": CSV_MARK + [csvRow(columns), ...filled].join(""),
    "h-24-example.json": `${JSON.stringify(example, null, 2)}\n`,
    "h-24-columns.csv": CSV_MARK + explanation(),
  };
}
