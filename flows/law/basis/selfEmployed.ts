import { ageBand } from "#flows/law/age.ts";
import { foundIf, likely, type Rule } from "#flows/law/basis/rule.ts";
import { lawValue } from "#flows/law/law.ts";

const norms = {
  business: "§ 21 Abs. 1 AufenthG",
  graduate: "§ 21 Abs. 2a AufenthG",
  freelance: "§ 21 Abs. 5 AufenthG",
} as const;

/** Self-employment by its kind; from 45 on an old-age provision is looked at (§ 21 Abs. 3 AufenthG). */
export const selfEmployed: Rule = ({ birth, work = {} }, law, today) => {
  const age = lawValue(law, "age.pension");
  const { selfEmployment: kind, regulatedProfession } = work;
  return likely(
    kind === undefined ? "§ 21 AufenthG" : norms[kind],
    ...foundIf(age !== undefined && ageBand(birth, today, age) === "reached", "pensionSelfEmployed"),
    ...foundIf(regulatedProfession, "licenceNeeded"),
  );
};
