import { page } from "#flows/engine/facts.ts";
import { conditional, choice, country, date, optional, partialDate, text, yesNo } from "#flows/engine/fields.ts";
import { sexes } from "#flows/steps/answers.ts";
import { isGivenBirthPossible } from "#flows/steps/rules.ts";

/** One member of the family. */
export const relative = page(
  "family",
  {
    relation: choice(["spouse", "child"]),
    relativeFamilyName: text({ max: 100, latin: "person" }),
    relativeGivenNames: text({ max: 100, latin: "person" }),
    relativeBirthName: optional(text({ max: 100, latin: "person" })),
    relativeDateOfBirth: partialDate(),
    relativePlaceOfBirth: optional(text({ max: 80, latin: true })),
    relativeSex: choice(sexes),
    relativeNationality: country("nationalities"),
    relativeResidence: choice(["germany", "abroad"]),
  },
  (answers, { today }) => isGivenBirthPossible(answers.relativeDateOfBirth, today, "relativeDateOfBirth"),
);

/** What those in Germany hold. */
export const relativeInGermany = page("family", {
  relativeSameAddress: yesNo(),
  relativeTitle: choice([
    "germanCitizen",
    "euCitizen",
    "limitedTitle",
    "unlimitedTitle",
    "visa",
    "otherPaper",
    "noPaper",
  ]),
  relativeTitleValidUntil: conditional(date()),
});

/** Where the others live. */
export const relativeAbroad = page("family", { relativeCountry: country(), relativeWillJoin: yesNo() });
