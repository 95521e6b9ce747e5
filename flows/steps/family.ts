import { defineFlow } from "#flows/engine/flow.ts";
import { page } from "#flows/engine/facts.ts";
import { conditional, choice, country, date, optional, partialDate, text, yesNo } from "#flows/engine/fields.ts";
import { sexes } from "#flows/delivery/codes.ts";
import { isGivenBirthPossible } from "#flows/steps/rules.ts";

const relative = page(
  "family",
  {
    relation: choice(["spouse", "child"]),
    relativeFamilyName: text({ max: 100, latin: true }),
    relativeGivenNames: text({ max: 100, latin: true }),
    relativeBirthName: optional(text({ max: 100, latin: true })),
    relativeDateOfBirth: partialDate(),
    relativePlaceOfBirth: optional(text({ max: 80, latin: true })),
    relativeSex: choice(sexes),
    relativeNationality: country("nationalities"),
    relativeResidence: choice(["germany", "abroad"]),
  },
  (answers, { today }) => isGivenBirthPossible(answers.relativeDateOfBirth, today, "relativeDateOfBirth"),
);
const relativeInGermany = page("family", {
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
const relativeAbroad = page("family", { relativeCountry: country(), relativeWillJoin: yesNo() });

/** Spouse and children, wherever they live; each is one entry. */
export const family = {
  kind: "group",
  section: "family",
  max: 20,
  item: defineFlow()({
    id: "relative",
    initial: "relative",
    steps: { relative, relativeInGermany, relativeAbroad },
    guards: { livesInGermany: ({ answers }) => answers.relativeResidence === "germany" },
    next: {
      relative: [{ guard: "livesInGermany", target: "relativeInGermany" }, "relativeAbroad"],
      relativeInGermany: null,
      relativeAbroad: null,
    },
  }),
} as const;
