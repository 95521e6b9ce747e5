import { foundIf, likely, plain, unclear, unlessFound, type Rule } from "#flows/law/basis/rule.ts";
import type { FindingCode } from "#flows/law/findings.ts";
import type { OtherSituation } from "#flows/law/situations/other.ts";

/** A card whose title ends with it asks for the extension of the title instead (§ 45c Abs. 1 Nr. 2 AufenthV). */
const cardAfterChange: Rule = ({ card, title }) => {
  const isLimited = !["settlementPermit", "euLongTerm", "none", "noStatus"].includes(title.kind);
  return unlessFound(
    "§ 45c Abs. 1 Nr. 2 AufenthV",
    ...foundIf(card?.reason === "expired" && isLimited, "cardOfLimitedTitle"),
  );
};

/** A theft that the police do not know of. */
const theft = ({ lossKind, policeReported }: OtherSituation): readonly FindingCode[] =>
  foundIf(lossKind === "stolen" && policeReported === false, "reportTheft");

/** What the holder of a lost card does at once (§ 57a AufenthV). */
const cardAfterLoss: Rule = ({ other = {} }) =>
  likely("§ 45c Abs. 1 Nr. 3 AufenthV", ...foundIf(other.eidBlocked === false, "blockOnlineFunction"), ...theft(other));

/** A travel document with what speaks against it; a theft to report never does. */
const travelDocument =
  (basis: string, against: (other: OtherSituation) => readonly FindingCode[]): Rule =>
  ({ other = {} }) => {
    const found = against(other);
    return (found.length > 0 ? unclear : likely)(basis, ...found, ...theft(other));
  };

const stillValid = ({ holdsValidPassport }: OtherSituation) => foundIf(holdsValidPassport, "passportStillValid");
const isRefugee = ({ protectionStatus: status }: OtherSituation): boolean | undefined =>
  status === undefined ? undefined : status === "asylum" || status === "refugee";

/** The host's own title should last as long as the visit; without guests there is nothing to declare (§ 68 AufenthG). */
const declaration: Rule = ({ other = {} }) => {
  const { guests, hostTitleValidUntil: ends, visitTo } = other;
  return unlessFound(
    "§ 68 AufenthG",
    ...foundIf(guests === 0, "guestsMissing"),
    ...foundIf(ends !== undefined && visitTo !== undefined && ends < visitTo, "hostTitleEndsFirst"),
  );
};

/** Suggested norms of cards, certificates, travel documents and the declaration of a host (domain 1.9). */
export const documentBases: Readonly<Record<string, Rule>> = {
  "D-CARD-P": plain("§ 45c Abs. 1 Nr. 1 AufenthV"),
  "D-CARD-D": cardAfterChange,
  "D-CARD-L": cardAfterLoss,
  "D-CARD-C": plain("§ 45c Abs. 1 Nr. 4 AufenthV"),
  "D-FIKT": ({ other }) => likely("§ 81 Abs. 5 AufenthG", ...foundIf(other?.plansTravel, "travelOnCertificate")),
  "D-RA-F": travelDocument("Art. 28 Genfer Flüchtlingskonvention, § 4 AufenthV", (other) =>
    foundIf(isRefugee(other) === false, "refugeesOnly"),
  ),
  "D-RA-A": travelDocument("§ 5 AufenthV", (other) => [
    ...foundIf(isRefugee(other), "refugeeDocument"),
    ...stillValid(other),
  ]),
  "D-RA-S": travelDocument("Art. 28 Staatenlosenübereinkommen, § 4 AufenthV", ({ statelessness }) =>
    foundIf(statelessness === "applied" || statelessness === "notFound", "statelessnessOpen"),
  ),
  "D-AE": travelDocument("§ 48 Abs. 2 AufenthG", stillValid),
  "D-VE": declaration,
};
