import type { ExtraQuestion, Settings, Step } from "#flows/engine/facts.ts";
import type { Field, Fields } from "#flows/engine/fields.ts";
import { fieldsOf } from "#flows/engine/parse.ts";
import { temporaryProtection } from "#flows/services/protection/H-24.ts";
import { triage } from "#flows/services/triage.ts";

/** Columns that say who belongs together, and that the person has made the declarations; all others are fields of the service. */
export const ownColumns = ["family", "relation", "declared"] as const;

/** Fields of the service that a file must have a column for. */
export const neededFields = [
  "nationalities",
  "latinDocument",
  "familyName",
  "givenNames",
  "nameChanged",
  "dateOfBirth",
  "placeOfBirth",
  "countryOfBirth",
  "sex",
  "maritalStatus",
  "identityDocType",
  "number",
  "issuingState",
  "issuedOn",
  "validUntil",
  "protectionElsewhere",
  "arrivalRegistered",
  "postalCode",
  "place",
  "housingKind",
  "street",
  "houseNo",
  "addressSince",
  "registered",
  "entryDateCurrent",
  "entryFrom",
  "ukrainePlace",
  "leftUkraineOn",
] as const;

/** Fields that a file may have a column for: most people have nothing to say there. */
export const furtherFields = [
  "familyNameOriginal",
  "givenNamesOriginal",
  "noFamilyName",
  "noGivenNames",
  "birthName",
  "otherNames",
  "dateOfBirthUnknown",
  "maritalStatusSince",
  "representativeRole",
  "representativeFamilyName",
  "representativeGivenNames",
  "representativeDateOfBirth",
  "representativePhone",
  "careOfMinor",
  "ukraineRight",
  "ukraineKinship",
  "protectionState",
  "issuedBy",
  "unlimited",
  "azrNumber",
  "addressSuffix",
  "coName",
  "entryDateFirst",
  "ukraineOblast",
  "enteredEuOn",
  "email",
  "phone",
  "preferredLanguage",
  "needs",
  "postalDelivery",
] as const;

/** A column with the field that it fills; a question of an authority has its own id. */
export type Column = { name: string; field: Field };

const steps: readonly Step[] = Object.values({ ...triage.steps, ...temporaryProtection.flow.steps });
const fields: Fields = Object.assign({}, ...steps.map((step) => (step.kind === "fields" ? step.fields : {}))) as Fields;

function fieldOf(name: string): Field {
  const field = fields[name];
  if (!field) throw new Error(`The service does not ask "${name}"`);
  return field;
}

/** The columns of the published template, in its order, without those of `ownColumns`. */
export const templateColumns: readonly Column[] = [...neededFields, ...furtherFields].map((name) => ({
  name,
  field: fieldOf(name),
}));

/** All columns that a file for an authority may have: those of the template, and its own questions. */
export function columnsFor(settings: Settings): readonly Column[] {
  const extra = fieldsOf({ kind: "extra", section: "questions" }, { settings });
  return [...templateColumns, ...Object.entries(extra).map(([name, field]) => ({ name, field }))];
}

/** Questions of an authority that a file has to answer. */
export function neededQuestions({ extraQuestions }: Settings): readonly ExtraQuestion["id"][] {
  return extraQuestions.filter(({ optional }) => !optional).map(({ id }) => id);
}
