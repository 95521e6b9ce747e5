import { earliest, youngestAge } from "#flows/engine/dates.ts";
import { page } from "#flows/engine/facts.ts";
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
import { eyeColours, maritalStatuses, sexes } from "#flows/delivery/codes.ts";
import { isGivenBirthPossible } from "#flows/steps/rules.ts";

const nameText = (autoComplete: string) => text({ max: 100, latin: true, autoComplete });

/** Names as in the passport. Holders of a single name tick which one they lack; nobody ever types "-". */
export const name = page(
  "person",
  {
    familyName: conditional(nameText("family-name")),
    noFamilyName: conditional(confirm()),
    givenNames: conditional(nameText("given-name")),
    noGivenNames: conditional(confirm()),
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
    otherNames: conditional(text({ max: 200, latin: true })),
  },
  (answers) => (answers.birthName || answers.otherNames ? {} : { birthName: "required" }),
);

/** Birth and sex; parts of the date may be unknown. */
export const birth = page(
  "person",
  {
    dateOfBirth: partialDate("bday"),
    placeOfBirth: text({ max: 80, latin: true }),
    countryOfBirth: country("birthStates"),
    sex: choice(sexes),
  },
  (answers, { today }) => isGivenBirthPossible(answers.dateOfBirth, today),
);

/** Height and eye colour stand on the card (§ 78 Abs. 1 Nr. 9, 10 AufenthG); here voluntary. */
export const appearance = page("person", {
  heightCm: optional(number(30, 250)),
  eyeColour: optional(choice(eyeColours)),
});

/** Marital status in the words of the registers (DSMeld 1401). */
export const maritalStatus = page("person", { maritalStatus: choice(maritalStatuses) });

/** Since when; never asked of people who are single. */
export const maritalSince = page("person", { maritalStatusSince: partialDate() }, (answers, facts) => {
  const since = answers.maritalStatusSince;
  if (since === undefined) return {};
  if (earliest(since) > facts.today) return { maritalStatusSince: "dateInFuture" };
  const born = facts.answers["dateOfBirth"];
  return typeof born === "string" && since.slice(0, 4) < born.slice(0, 4) ? { maritalStatusSince: "dateOrder" } : {};
});

/** Who files for somebody else; minors and wards are represented (§ 80 AufenthG). */
export const representation = page(
  "person",
  {
    representativeRole: choice(["parent", "guardian", "attorney", "host"]),
    representativeFamilyName: nameText("family-name"),
    representativeGivenNames: nameText("given-name"),
    representativeDateOfBirth: date(),
    representativePhone: optional(
      text({ max: 30, ltr: true, inputMode: "tel", pattern: { test: /^\+?[\d\s()/-]{5,30}$/, error: "phone" } }),
    ),
  },
  (answers, { today }) =>
    answers.representativeDateOfBirth && youngestAge(answers.representativeDateOfBirth, today) < 18
      ? { representativeDateOfBirth: "date" }
      : {},
);
