import { foundIf, plain, unlessFound, type Rule } from "#flows/law/basis/rule.ts";
import { isShorterThan } from "#flows/law/duration.ts";
import { lawDay } from "#flows/law/law.ts";

/** Five years of lawful stay, for Union citizens and their family alike (§ 4a FreizügG/EU). */
const permanentResidence: Rule = ({ other = {} }, law, today) =>
  unlessFound(
    "§ 5 Abs. 5 FreizügG/EU",
    ...foundIf(isShorterThan(other.livesHereSince, today, law, "period.permanentResidence"), "fiveYearsOpen"),
    ...foundIf(other.wasAway, "unionAbsence"),
  );

/** Rights of the Withdrawal Agreement belong to those who lived here when the transition ended (§ 16 FreizügG/EU). */
const withdrawalAgreement: Rule = ({ other = {} }, law) => {
  const last = lawDay(law, "date.withdrawalAgreement");
  const { livesHereSince: since, wasAway } = other;
  return unlessFound(
    "§ 16 FreizügG/EU",
    ...foundIf(last !== undefined && since !== undefined && since > last, "cameAfter2020"),
    ...foundIf(wasAway, "unionAbsence"),
  );
};

/** Suggested norms of papers that show free movement (domain 1.9). */
export const freeMovementBases: Readonly<Record<string, Rule>> = {
  "EU-CARD": plain("§ 5 Abs. 1 FreizügG/EU"),
  "EU-CARD3a": plain("§ 3a FreizügG/EU"),
  "EU-PERM": permanentResidence,
  "EU-GB": withdrawalAgreement,
};
