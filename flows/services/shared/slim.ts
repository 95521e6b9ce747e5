import { person, toMaritalStatus } from "#flows/services/shared/frame.ts";

/*
 * The person for services that end with a paper rather than a card: height and eye colour stand on the card alone (§ 78
 * Abs. 1 AufenthG), so nobody is asked for them here (domain 2.8).
 */
const { appearance: _onCardsOnly, ...identity } = person;
export { identity };

/** Arrows from the birth on, which lead to the page `exit`. */
function fromBirth<const Exit extends string>(exit: Exit) {
  return {
    // Children are always represented.
    birth: [{ guard: "isRepresented", target: "representation" }, "maritalStatus"],
    representation: toMaritalStatus(exit),
    maritalStatus: [{ guard: "hasNoDateOfStatus", target: exit }, "maritalSince"],
    maritalSince: exit,
  } as const;
}

/** Arrows of `identity`; it begins at `mrz` and leads to the page `exit`. */
export function identityArrows<const Exit extends string>(exit: Exit) {
  return {
    mrz: "name",
    name: [{ guard: "changedName", target: "formerNames" }, "birth"],
    formerNames: "birth",
    ...fromBirth(exit),
  } as const;
}

/** Arrows of a person who is asked the present name only, on the page `presentName`. */
export function presentIdentityArrows<const Exit extends string>(exit: Exit) {
  return { mrz: "presentName", presentName: "birth", ...fromBirth(exit) } as const;
}
