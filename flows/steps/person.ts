import { youngestAge } from "#flows/engine/dates.ts";
import { page, type Problems } from "#flows/engine/facts.ts";
import {
  conditional,
  choice,
  confirm,
  country,
  date,
  number,
  optional,
  partialDate,
  text,
  yesNo,
} from "#flows/engine/fields.ts";
import { eyeColours, maritalStatuses, sexes } from "#flows/steps/answers.ts";
import { phoneField } from "#flows/steps/fields.ts";
import { dateOf, dateOrTick, isGivenBirthPossible, notBefore, notInFuture } from "#flows/steps/rules.ts";

const nameText = (autoComplete: string) => text({ max: 100, latin: "person", autoComplete });

/**
 * Names as in the passport, with the original script beside if the person likes. Holders of a single name tick which one
 * they lack; nobody ever types "-".
 */
export const name = page(
  "person",
  {
    familyName: conditional(nameText("family-name")),
    noFamilyName: conditional(confirm()),
    givenNames: conditional(nameText("given-name")),
    noGivenNames: conditional(confirm()),
    familyNameOriginal: optional(text({ max: 100 })),
    givenNamesOriginal: optional(text({ max: 100 })),
    doctorate: optional(text({ max: 20, latin: true, width: "10" })),
    nameChanged: yesNo(),
  },
  (answers) => {
    const family = answers.familyName !== undefined || answers.noFamilyName === true;
    const given = answers.givenNames !== undefined || answers.noGivenNames === true;
    if (answers.noFamilyName && answers.noGivenNames) return { familyName: "nameMissing" };
    return { ...(family ? {} : { familyName: "required" }), ...(given ? {} : { givenNames: "required" }) };
  },
);

/** Names the person had before; the birth name goes on the chip of the card (§ 78 AufenthG). */
export const formerNames = page(
  "person",
  {
    birthName: conditional(nameText("off")),
    otherNames: conditional(text({ max: 200, latin: "person" })),
  },
  (answers) => (answers.birthName || answers.otherNames ? {} : { birthName: "required" }),
);

/** Birth and sex; parts of the date may be unknown, or all of it. */
export const birth = page(
  "person",
  {
    dateOfBirth: conditional(partialDate("bday")),
    dateOfBirthUnknown: conditional(confirm()),
    placeOfBirth: text({ max: 80, latin: true }),
    countryOfBirth: country("birthStates"),
    sex: choice(sexes),
  },
  ({ dateOfBirth, dateOfBirthUnknown }, { today }) => ({
    ...dateOrTick(dateOfBirth, dateOfBirthUnknown, "dateOfBirth"),
    ...isGivenBirthPossible(dateOfBirth, today),
  }),
);

/**
 * Height and eye colour stand on the card (§ 78 Abs. 1 Nr. 9, 10 AufenthG); here voluntary. The photo is digital only and
 * never uploaded: without a code of a photo service the authority takes it for a fee (domain 7).
 */
export const appearance = page("person", {
  heightCm: optional(number(30, 250)),
  eyeColour: optional(choice(eyeColours)),
  photoCode: optional(yesNo()),
});

/** Marital status in the words of the registers (DSMeld 1401). */
export const maritalStatus = page("person", { maritalStatus: choice(maritalStatuses) });

/** Since when; never asked of people whose status has no date. */
export const maritalSince = page("person", { maritalStatusSince: partialDate() }, (since, facts) => ({
  ...notInFuture(since, facts.today),
  ...notBefore(dateOf(facts, "dateOfBirth"), since),
}));

/**
 * Who files for somebody else; minors and wards are represented (§ 80 AufenthG). Parents and guardians say when they
 * were born, because only an adult is one; of an attorney the power of attorney is enough.
 */
export const representation = page(
  "person",
  {
    representativeRole: choice(["parent", "guardian", "attorney"]),
    representativeFamilyName: nameText("family-name"),
    representativeGivenNames: nameText("given-name"),
    representativeDateOfBirth: conditional(date()),
    representativePhone: optional(phoneField()),
    declareAuthorised: confirm(),
  },
  ({ representativeRole: role, representativeDateOfBirth: born }, { today }): Problems => {
    if (born === undefined) return role === "attorney" ? {} : { representativeDateOfBirth: "required" };
    return youngestAge(born, today) < 18 ? { representativeDateOfBirth: "representativeAge" } : {};
  },
);
