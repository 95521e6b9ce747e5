import { foundIf, unlessFound, type Rule } from "#flows/law/basis/rule.ts";
import { reaches } from "#flows/law/languageLevel.ts";

const norms = {
  german: "§ 19d Abs. 1 Nr. 1 Buchstabe a AufenthG",
  foreignDegree: "§ 19d Abs. 1 Nr. 1 Buchstabe b AufenthG",
  qualifiedWork: "§ 19d Abs. 1 Nr. 1 Buchstabe c AufenthG",
  trainingToleration: "§ 19d Abs. 1a AufenthG",
} as const;

/** Tolerated people with a qualification and fitting work: German B1, a known identity, and a Duldung to start from. */
export const toleratedWorker: Rule = ({ request, title, work = {} }) => {
  const { toleratedWay: way, german, identityClarified, regulatedProfession } = work;
  return unlessFound(
    way === undefined ? "§ 19d AufenthG" : norms[way],
    ...foundIf(request !== "extension" && title.kind !== "duldung", "notTolerated"),
    ...foundIf(reaches(german, "b1") === false, "toleratedGerman"),
    ...foundIf(identityClarified === false, "identityOpen"),
    ...foundIf(regulatedProfession, "licenceNeeded"),
  );
};
