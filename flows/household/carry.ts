import { earliest, isIsoDate, isPartialDate, latest, youngestAge, type IsoDate } from "#flows/engine/dates.ts";
import { relativeEntries } from "#flows/household/family.ts";
import type { Relation } from "#flows/household/relations.ts";

type Values = Readonly<Record<string, unknown>>;

/** A relative as the family's entry names them. */
export type Relative = { id: string; relation: Relation; name: string; entry: Values };

/** What every member of a household shares, whoever they are. */
const reach = ["phone", "email", "preferredLanguage", "insuranceCompany"] as const;
const home = ["postalCode", "place", "street", "houseNo", "addressSuffix", "coName"] as const;
const stayAtHome = ["addressSince", "registered", "housingKind", "flatArea", "rooms", "rent", "householdSize"] as const;
/** The way from Ukraine, which families mostly go together (domain 3.2, step 6). */
const wayHere = [
  "fledUkraine",
  "arrivalRegistered",
  "entryDateCurrent",
  "entryFrom",
  "ukrainePlace",
  "ukraineOblast",
  "leftUkraineOn",
  "enteredEuOn",
] as const;
/** Of that way what belongs to a date: whoever was born later does not share it. */
const dated: Readonly<Record<string, readonly string[]>> = {
  leftUkraineOn: ["leftUkraineOn", "ukrainePlace", "ukraineOblast"],
  enteredEuOn: ["enteredEuOn"],
  entryDateCurrent: ["entryDateCurrent", "entryFrom"],
};
/** Husband and wife share these; the status itself only while it is a marriage or partnership. */
const wedding = ["marriageDate", "marriagePlace", "marriageCountry"] as const;
const representative = [
  "representativeRole",
  "representativeFamilyName",
  "representativeGivenNames",
  "representativeDateOfBirth",
  "representativePhone",
] as const;

function taken(answers: Values, names: readonly string[]): Values {
  return Object.fromEntries(names.flatMap((name) => (answers[name] === undefined ? [] : [[name, answers[name]]])));
}

/** Answers under other names: `{<new name>: <old name>}`. */
function renamed(answers: Values, names: Readonly<Record<string, string>>): Values {
  return Object.fromEntries(
    Object.entries(names).flatMap(([to, from]) => (answers[from] === undefined ? [] : [[to, answers[from]]])),
  );
}

/** The address alone, as it is shared with somebody who applies on a device of their own; not one that nobody may learn. */
export function addressOf(answers: Values): Values {
  return answers["addressBlocked"] === true ? {} : taken(answers, home);
}

/** Spouse and children whom a person has named in the list of their service, as far as they have a name (domain 2.4). */
export function relativesOf(answers: Values): Relative[] {
  return relativeEntries(answers).flatMap((entry) => {
    const { id, relation } = entry;
    const name = [entry["relativeGivenNames"], entry["relativeFamilyName"]].filter(Boolean).join(" ");
    const isKnown = typeof id === "string" && (relation === "spouse" || relation === "child") && name !== "";
    return isKnown ? [{ id, relation, name, entry }] : [];
  });
}

/** What a relative's entry says of the person who applies now. */
function personOf({ entry }: Relative): Values {
  const nationality = entry["relativeNationality"];
  return {
    ...renamed(entry, {
      familyName: "relativeFamilyName",
      givenNames: "relativeGivenNames",
      birthName: "relativeBirthName",
      dateOfBirth: "relativeDateOfBirth",
      placeOfBirth: "relativePlaceOfBirth",
      sex: "relativeSex",
    }),
    ...(nationality === undefined ? {} : { nationalities: [nationality] }),
  };
}

/** The person who began as the family member whom the title depends on (domain 1.6). */
function referenceOf(first: Values, livesTogether: boolean): Values {
  return {
    ...renamed(first, {
      referenceFamilyName: "familyName",
      referenceGivenNames: "givenNames",
      referenceDateOfBirth: "dateOfBirth",
      referenceNationalities: "nationalities",
    }),
    referenceSameAddress: livesTogether,
  };
}

/** The person who began as the parent who files for the child (§ 80 AufenthG); only whole dates are asked there. */
function parentOf(first: Values): Values {
  const born = first["dateOfBirth"];
  return {
    applicantIs: "child",
    representativeRole: "parent",
    ...renamed(first, {
      representativeFamilyName: "familyName",
      representativeGivenNames: "givenNames",
      representativePhone: "phone",
    }),
    ...(typeof born === "string" && isIsoDate(born) ? { representativeDateOfBirth: born } : {}),
  };
}

/** Surely of age: acts alone (§ 80 AufenthG, § 2 BGB). */
function isAdult(relative: Relative | undefined, today: IsoDate | undefined): boolean {
  const born = relative?.entry["relativeDateOfBirth"];
  if (today === undefined || !isDate(born)) return false;
  return youngestAge(born, today) >= 18;
}

const isDate = (value: unknown): value is string => typeof value === "string" && isPartialDate(value);

/** What is carried over without the way of others from before a person was born. */
export function sinceBirth(carried: Values, born: unknown): Values {
  if (!isDate(born)) return carried;
  const before = Object.entries(dated).flatMap(([field, names]) => {
    const date = carried[field];
    return isDate(date) && latest(date) < earliest(born) ? names : [];
  });
  return Object.fromEntries(Object.entries(carried).filter(([name]) => !before.includes(name)));
}

function marriageOf(first: Values): Values {
  const status = first["maritalStatus"];
  const isShared = status === "married" || status === "civilPartnership";
  return { ...taken(first, wedding), ...(isShared ? taken(first, ["maritalStatus", "maritalStatusSince"]) : {}) };
}

/** Who files for a child is who files for its brothers and sisters; of others nothing is known. */
function siblingOf(first: Values): Values {
  return first["applicantIs"] === "child" ? { applicantIs: "child", ...taken(first, representative) } : {};
}

/** A child's parent is the person who files for it, if that one said so. */
function parentOfChild(first: Values): Values {
  if (first["representativeRole"] !== "parent") return {};
  return renamed(first, {
    familyName: "representativeFamilyName",
    givenNames: "representativeGivenNames",
    dateOfBirth: "representativeDateOfBirth",
  });
}

/**
 * What the person who began has said already and need not be asked again of another member: proposals, not answers, each
 * under the name of the field that it is for. A relative who is named as living elsewhere shares no address, and for one who
 * is of age on `today` nobody files.
 */
export function carriedFor(relation: Relation, first: Values, relative?: Relative, today?: IsoDate): Values {
  const { relativeResidence, relativeSameAddress } = relative?.entry ?? {};
  const livesTogether = relativeResidence !== "abroad" && relativeSameAddress !== false;
  const isFamily = relation === "spouse" || relation === "child" || relation === "parent";
  const carried = {
    ...taken(first, reach),
    ...(livesTogether ? taken(first, [...home, ...stayAtHome]) : {}),
    ...(livesTogether && first["leftUkraineOn"] !== undefined ? taken(first, wayHere) : {}),
    ...(relation === "child" && !isAdult(relative, today) ? parentOf(first) : {}),
    ...(relation === "spouse" ? marriageOf(first) : {}),
    ...(relation === "parent" ? parentOfChild(first) : {}),
    ...(relation === "sibling" ? siblingOf(first) : {}),
    ...(isFamily ? referenceOf(first, livesTogether) : {}),
    ...(relative ? personOf(relative) : {}),
  };
  return sinceBirth(carried, carried["dateOfBirth"]);
}
