import { page, type Facts } from "#flows/engine/facts.ts";
import { choice, choices, conditional, country, yesNo } from "#flows/engine/fields.ts";
import { otherProtections, ukraineRights } from "#flows/law/situations/ukraine.ts";

/** T4: whether somebody fled the war in Ukraine (§ 24 AufenthG); asked of Ukrainians. */
export const ukraine = page("start", { fledUkraine: yesNo() });

const isFamily = ({ answers }: Facts) => answers["ukraineRight"] === "family";

/** What people of other nationalities had in Ukraine when the war began, and whose family they are (domain 3.1). */
export const ukraineRight = page(
  "start",
  {
    ukraineRight: choice(ukraineRights),
    ukraineKinship: conditional(choice(["spouse", "partner", "child", "otherRelative"])),
  },
  ({ ukraineRight: right, ukraineKinship }) =>
    right === "family" && ukraineKinship === undefined ? { ukraineKinship: "required" } : {},
  { ukraineKinship: isFamily },
);

/**
 * Of people with a German title: whether it is one by § 24 AufenthG, whether it was valid on the day from which such titles
 * continue by ordinance, and what they want (domain 3.1: U6; 3.5).
 */
export const ukraineTitle = page("start", {
  protectionTitle: choice(["continuing", "continuingOther", "ended", "otherToProtection", "otherTitle"]),
});

/** Parents and guardians say by filing that somebody has custody (§ 80 AufenthG). */
const mayBeAlone = ({ answers }: Facts) => answers["applicantIs"] === "self" || answers["applicantIs"] === "other";
const isTiedElsewhere = ({ answers }: Facts) => {
  const ties = answers["protectionElsewhere"];
  return Array.isArray(ties) && ties.some((tie) => tie !== "none" && tie !== "asylum");
};

/** Registration, protection elsewhere, and who looks after a minor (domain 3.1: X; 3.2, steps 3 and 7). */
export const ukraineArrival = page(
  "start",
  {
    careOfMinor: conditional(choice(["adult", "custodian", "relative", "alone"])),
    arrivalRegistered: yesNo(),
    protectionElsewhere: choices(otherProtections),
    protectionState: conditional(country()),
  },
  ({ careOfMinor, protectionState }, facts) => ({
    ...(mayBeAlone(facts) && careOfMinor === undefined ? { careOfMinor: "required" } : {}),
    ...(isTiedElsewhere(facts) && protectionState === undefined ? { protectionState: "required" } : {}),
  }),
  { careOfMinor: mayBeAlone, protectionState: isTiedElsewhere },
);
