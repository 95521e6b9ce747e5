/** The names of a document. */
export type MrzNames = {
  familyName?: string;
  givenNames?: string;
  /** The names fill all their signs, so that the end may be missing. */
  isNameCut: boolean;
};

const words = (signs: string): string => signs.split("<").filter(Boolean).join(" ");

/**
 * Names of the zone: the family name, two fillers, the given names; a filler parts words. Holders of a single name have one
 * of both. Hyphens and apostrophes are lost in the zone and do not come back.
 */
export function namesOf(signs: string): MrzNames {
  const border = signs.indexOf("<<");
  const [family, given] =
    border < 0 ? [words(signs), ""] : [words(signs.slice(0, border)), words(signs.slice(border + 2))];
  return {
    ...(family === "" ? {} : { familyName: family }),
    ...(given === "" ? {} : { givenNames: given }),
    isNameCut: !signs.endsWith("<"),
  };
}
