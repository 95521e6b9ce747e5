import { page } from "#flows/engine/facts.ts";
import { choice, conditional, date, optional, sensitive, text, yesNo } from "#flows/engine/fields.ts";
import {
  kinships,
  otherKinships,
  ownRightCauses,
  referenceTitles,
  type ReferenceTitle,
} from "#flows/law/situations/family.ts";
import { dependency } from "#flows/steps/freeMovement.ts";
import { referencePerson } from "#flows/steps/reference.ts";
import { dateOf, isGivenBirthPossible, notBefore, notInFuture } from "#flows/steps/rules.ts";

const unlimited: readonly ReferenceTitle[] = ["settlement", "noTitle"];

/** What the family member in Germany holds; the titles of the family depend on it (§ 29 AufenthG). */
export const referenceTitle = page(
  "family",
  {
    referenceTitle: choice(referenceTitles),
    referenceTitleValidUntil: conditional(date()),
  },
  undefined,
  {
    referenceTitleValidUntil: ({ answers }) => !unlimited.some((title) => title === answers["referenceTitle"]),
  },
);

const inGermany = ["sameHome", "elsewhereInGermany"] as const;

/** The child's other parent; asked of parents with joint custody (§§ 32, 33 AufenthG). The name is voluntary. */
export const otherParent = page(
  "family",
  {
    otherParentFamilyName: optional(text({ max: 100, latin: "person" })),
    otherParentGivenNames: optional(text({ max: 100, latin: "person" })),
    otherParentResidence: choice([...inGermany, "abroad", "diedOrUnknown"]),
    otherParentTitle: conditional(choice(["citizen", ...referenceTitles])),
  },
  ({ otherParentResidence: where, otherParentTitle }) =>
    inGermany.some((place) => place === where) && otherParentTitle === undefined
      ? { otherParentTitle: "required" }
      : {},
  { otherParentTitle: ({ answers }) => inGermany.some((place) => place === answers["otherParentResidence"]) },
);

/** Whether an older child came with its parents: otherwise German or the prospects count (§ 32 Abs. 2 AufenthG). */
export const movedTogether = page("family", { movedTogether: yesNo() });

const { referenceFamilyName, referenceGivenNames, referenceDateOfBirth, referenceNationalities } =
  referencePerson.fields;

/** The other one of an ended marriage: who it is, not where (§ 31 AufenthG). */
export const formerPartner = page(
  "family",
  {
    referenceFamilyName,
    referenceGivenNames,
    referenceDateOfBirth: conditional(referenceDateOfBirth),
    referenceNationalities,
  },
  (answers, { today }) => isGivenBirthPossible(answers.referenceDateOfBirth, today, "referenceDateOfBirth"),
);

/** Why the shared life ended (§ 31 Abs. 1 Satz 1 AufenthG). */
export const ownRightCause = page("family", { ownRightCause: choice(ownRightCauses) });

/** From when until when both lived together in Germany (§ 31 Abs. 1 Satz 1 Nr. 1 AufenthG). */
export const sharedLife = page(
  "family",
  { sharedLifeFrom: date(), sharedLifeTo: date() },
  ({ sharedLifeFrom, sharedLifeTo }, facts) => ({
    ...notInFuture({ sharedLifeFrom, sharedLifeTo }, facts.today),
    ...notBefore(dateOf(facts, "marriageDate"), { sharedLifeTo }),
    ...notBefore(sharedLifeFrom, { sharedLifeTo }),
  }),
);

/** Special reasons if the shared life was short (§ 31 Abs. 2 AufenthG); nobody has to tell them here. */
export const hardship = page(
  "family",
  {
    hardship: choice(["yes", "no", "unsure"]),
    hardshipReasons: sensitive(optional(text({ max: 2000, rows: 6 })), "health"),
  },
  undefined,
  { hardshipReasons: ({ answers }) => answers["hardship"] !== "no" },
);

/** What the applicant is to a relative whom none of the other services is for (§ 36 AufenthG). */
export const otherKinship = page("kinship", { otherKinship: choice(otherKinships) });

/** The same for the family of people under subsidiary protection (§ 36a AufenthG). */
export const protectedKinship = page("kinship", { relationToProtected: choice(kinships) });

/** When a skilled worker got the first title as one: the day decides (§ 36 Abs. 3 AufenthG). */
export const workerSince = page("family", { referenceFirstTitleOn: date() }, ({ referenceFirstTitleOn }, { today }) =>
  notInFuture({ referenceFirstTitleOn }, today),
);

/** Why one needs the other: exceptional hardship (§ 36 Abs. 2 AufenthG). Care and health may be part of it. */
export const relativesNeed = page("family", dependency.fields);
