/** Facts without those that are not known yet: the law tells "not known" from "no". */
export function known<Facts extends object>(facts: { [Key in keyof Facts]: Facts[Key] | undefined }): Facts {
  // What is left has the type of its field; the rest was optional.
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Facts;
}
