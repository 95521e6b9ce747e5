import { page, type Facts } from "#flows/engine/facts.ts";
import { choice, conditional, optional, partialDate, text, yesNo } from "#flows/engine/fields.ts";
import { lawDay } from "#flows/law/law.ts";
import { address } from "#flows/steps/contact.ts";
import { name } from "#flows/steps/person.ts";
import { housing } from "#flows/steps/reference.ts";
import { dateOf, isSurelyBefore, notAfter, notBefore, notInFuture } from "#flows/steps/rules.ts";

/** Whether any paper shows the name in Latin letters: such a spelling leads, whatever it is. */
export const latinDocument = page("person", { latinDocument: yesNo() });

const { familyName, noFamilyName, givenNames, noGivenNames, familyNameOriginal, givenNamesOriginal, nameChanged } =
  name.fields;

/** The name as Ukrainian papers write it; asked of people without any paper in Latin letters. */
export const originalName = page(
  "person",
  { familyNameOriginal: conditional(familyNameOriginal), givenNamesOriginal: conditional(givenNamesOriginal) },
  (answers) =>
    answers.familyNameOriginal === undefined && answers.givenNamesOriginal === undefined
      ? { familyNameOriginal: "required" }
      : {},
);

/** The same in Latin letters, as proposed from the original script; the authority checks it. */
export const latinName = page(
  "person",
  { familyName, noFamilyName, givenNames, noGivenNames, nameChanged },
  name.check,
);

/** Kinds of identity paper that people from Ukraine have (domain 3.2, step 9). */
export const identityPaper = page("passport", {
  identityDocType: choice(["passport", "expiredPassport", "idCard", "birthCertificate", "none"]),
});

/** The address with the kind of home; whoever lives with others or in a shelter names them, or no letter arrives. */
export const refugeAddress = page(
  "contact",
  { housingKind: housing.fields.housingKind, ...address.fields, coName: conditional(address.fields.coName) },
  ({ housingKind, coName, addressSince }, { today }) => ({
    ...((housingKind === "shelter" || housingKind === "sharedFlat") && coName === undefined
      ? { coName: "required" }
      : {}),
    ...notInFuture({ addressSince }, today),
  }),
);

/** Born elsewhere since the war began: a child of people who had fled by then has no way from Ukraine to tell. */
function mayNeverHaveBeenThere(facts: Facts): boolean {
  const [born, war] = [dateOf(facts, "dateOfBirth"), lawDay(facts.law, "date.ukraineWar")];
  if (born === undefined || war === undefined) return false;
  return facts.answers["countryOfBirth"] !== "UKR" && !isSurelyBefore(born, war);
}

/** The last home in Ukraine and the way from there (domain 3.2, step 6); the entry to Germany is asked before. */
export const flight = page(
  "stay",
  {
    ukrainePlace: conditional(text({ max: 80, latin: true })),
    ukraineOblast: optional(text({ max: 80, latin: true })),
    leftUkraineOn: conditional(partialDate()),
    enteredEuOn: optional(partialDate()),
  },
  ({ ukrainePlace, leftUkraineOn, enteredEuOn }, facts) => ({
    ...(ukrainePlace === undefined && !mayNeverHaveBeenThere(facts) ? { ukrainePlace: "required" } : {}),
    ...(leftUkraineOn === undefined && !mayNeverHaveBeenThere(facts) ? { leftUkraineOn: "required" } : {}),
    ...notBefore(leftUkraineOn, { enteredEuOn }),
    ...notBefore(dateOf(facts, "dateOfBirth"), { leftUkraineOn, enteredEuOn }),
    ...notAfter(dateOf(facts, "entryDateCurrent"), { leftUkraineOn, enteredEuOn }),
    ...notInFuture({ leftUkraineOn, enteredEuOn }, facts.today),
  }),
);
