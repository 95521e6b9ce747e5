/** Levels of the Common European Framework of Reference for Languages, the lowest first. */
export const languageLevels = ["none", "a1", "a2", "b1", "b2", "c1", "c2"] as const;
export type LanguageLevel = (typeof languageLevels)[number];

/** True if a level is the wanted one or higher; `undefined` while it is not known. */
export function reaches(level: LanguageLevel | undefined, wanted: LanguageLevel): boolean | undefined {
  return level === undefined ? undefined : languageLevels.indexOf(level) >= languageLevels.indexOf(wanted);
}
