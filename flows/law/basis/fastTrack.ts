import { foundIf, unlessFound, type Rule } from "#flows/law/basis/rule.ts";

/** The fast track is for skilled workers abroad, whom the employer represents with a power of attorney. */
export const fastTrack: Rule = ({ work = {} }) => {
  const { workers, powerOfAttorney, regulatedProfession } = work;
  return unlessFound(
    "§ 81a AufenthG",
    ...foundIf(workers?.length === 0, "workersMissing"),
    ...foundIf(
      workers?.some(({ country }) => country === "DEU"),
      "workerInGermany",
    ),
    ...foundIf(powerOfAttorney === false, "powerOfAttorneyMissing"),
    ...foundIf(regulatedProfession, "licenceNeeded"),
  );
};
