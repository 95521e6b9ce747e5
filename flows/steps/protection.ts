import { page } from "#flows/engine/facts.ts";
import { choice, conditional, date, optional, partialDate, sensitive, text, yesNo } from "#flows/engine/fields.ts";
import { admissionKinds, protectionKinds, schoolStates, stayGrounds } from "#flows/law/situations/protection.ts";
import { dateOf, notBefore, notInFuture } from "#flows/steps/rules.ts";

/** How the person was admitted (§§ 22, 23, 23a AufenthG). */
export const admission = page("protection", { admissionKind: choice(admissionKinds) });

/** The letter of admission, and what else the person wants to say about it. */
export const admissionLetter = page(
  "protection",
  {
    admissionDate: conditional(date()),
    admissionFileNo: optional(text({ max: 60, width: "20" })),
    admissionDetails: sensitive(optional(text({ max: 2000, rows: 6 })), "health"),
  },
  ({ admissionDate }, { today }) => notInFuture({ admissionDate }, today),
);

/** What the Federal Office granted; each has its own number in § 25 Abs. 1, 2 AufenthG. */
export const protectionKind = page("protection", { protectionKind: choice(protectionKinds) });

/** The decision of the Federal Office or a court. */
export const bamfDecision = page(
  "protection",
  {
    decisionDate: date(),
    decisionFileNo: optional(text({ max: 60, width: "20" })),
    decisionFinal: choice(["yes", "no", "unsure"]),
  },
  ({ decisionDate }, { today }) => notInFuture({ decisionDate }, today),
);

/** Which of the reasons of § 25 Abs. 4 to 5 AufenthG fits. */
export const stayGround = page("protection", { stayGround: choice(stayGrounds) });

/** The reasons in the person's own words, and who helps. */
export const stayReasons = page("protection", {
  stayReasons: sensitive(text({ max: 2000, rows: 6 }), "health"),
  counsellingCentre: optional(text({ max: 120 })),
});

/** Since when the person is here without a break (§§ 25a, 25b AufenthG). */
export const unbrokenStay = page("protection", { stayingSince: date() }, ({ stayingSince }, facts) => ({
  ...notInFuture({ stayingSince }, facts.today),
  ...notBefore(dateOf(facts, "dateOfBirth"), { stayingSince }),
}));

/** Since when the person holds a Duldung (§ 25a AufenthG); asked of those who hold one. */
export const tolerated = page("protection", { toleratedSince: date() }, ({ toleratedSince }, facts) => ({
  ...notInFuture({ toleratedSince }, facts.today),
  ...notBefore(dateOf(facts, "stayingSince"), { toleratedSince }),
}));

/** School in Germany: three years of it or a certificate count (§ 25a Abs. 1 Satz 1 Nr. 2 AufenthG). */
export const school = page(
  "study",
  { schoolState: choice(schoolStates), schoolSince: conditional(partialDate()) },
  ({ schoolState, schoolSince }, { today }) => ({
    ...(schoolState === "pupil" && schoolSince === undefined ? { schoolSince: "required" } : {}),
    ...notInFuture({ schoolSince }, today),
  }),
  { schoolSince: ({ answers }) => answers["schoolState"] === "pupil" },
);

/** The larger part of the livelihood has to come from work (§ 25b Abs. 1 Satz 2 Nr. 3 AufenthG). */
export const workShare = page("insurance", { livesMostlyFromWork: yesNo() });
