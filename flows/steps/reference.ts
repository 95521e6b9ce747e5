import { page } from "#flows/engine/facts.ts";
import {
  choice,
  conditional,
  confirm,
  countries,
  country,
  date,
  money,
  number,
  partialDate,
  text,
  yesNo,
} from "#flows/engine/fields.ts";
import { custodians, kinships } from "#flows/law/situations/family.ts";
import { dateOf, inOrder, isGivenBirthPossible, notBefore, notInFuture } from "#flows/steps/rules.ts";
import { postalCodeField } from "#flows/steps/triage.ts";

/** What the applicant is to the German family member; each has its own number in § 28 Abs. 1 S. 1 AufenthG. */
export const kinship = page("kinship", { relationToGerman: choice(kinships) });

/** The family member whom the title depends on (domain 1.6). */
export const referencePerson = page(
  "family",
  {
    referenceFamilyName: text({ max: 100, latin: "person" }),
    referenceGivenNames: text({ max: 100, latin: "person" }),
    referenceDateOfBirth: partialDate(),
    referenceNationalities: countries(3),
    referenceSameAddress: yesNo(),
  },
  ({ referenceDateOfBirth }, { today }) => isGivenBirthPossible(referenceDateOfBirth, today, "referenceDateOfBirth"),
);

/** Where the family member lives, if elsewhere. */
export const referenceAddress = page("family", {
  referenceStreet: text({ max: 80, latin: true }),
  referenceHouseNo: text({ max: 10, latin: true, width: "4" }),
  referencePostalCode: { ...postalCodeField, autoComplete: "off" },
  referencePlace: text({ max: 80, latin: true }),
});

/** When and where husband and wife married; a religious ceremony alone has no effect here. */
export const marriage = page(
  "family",
  {
    marriageDate: date(),
    marriagePlace: text({ max: 80, latin: true }),
    marriageCountry: country("birthStates"),
    earlierMarriages: yesNo(),
  },
  ({ marriageDate }, facts) => ({
    ...notInFuture({ marriageDate }, facts.today),
    ...notBefore(dateOf(facts, "dateOfBirth"), { marriageDate }),
    ...notBefore(dateOf(facts, "referenceDateOfBirth"), { marriageDate }),
  }),
);

/** Whether they live together: the title protects the family's life together (§ 27 Abs. 1 AufenthG). */
export const livingTogether = page(
  "family",
  {
    livingTogetherSince: conditional(date()),
    separated: yesNo(),
    separatedSince: conditional(date()),
    declareSharedHome: conditional(confirm()),
  },
  ({ livingTogetherSince, separated, separatedSince }, { today }) => ({
    ...(separated && separatedSince === undefined ? { separatedSince: "required" } : {}),
    ...inOrder(livingTogetherSince, separatedSince, "separatedSince"),
    ...notInFuture({ livingTogetherSince, separatedSince }, today),
  }),
  {
    separatedSince: ({ answers }) => answers["separated"] === true,
    declareSharedHome: ({ answers }) => answers["separated"] !== true,
  },
);

/** Who has custody of the child, whichever of the two the applicant is. */
export const custody = page("family", { custody: choice(custodians) });

/** The flat (domain 2.5); whether it is large enough the authority says. Rent is that of a month with heating. */
export const housing = page("housing", {
  housingKind: choice(["ownFlat", "sharedFlat", "dormitory", "shelter"]),
  flatArea: number(5, 500),
  rooms: number(1, 20, "2"),
  rent: money(0, 9_999_900),
  householdSize: number(1, 30, "2"),
});
