import type { PayloadAnswers } from "#flows/delivery/answers.ts";
import { germanAddress } from "#flows/delivery/xauslaender2611/address.ts";
import type { Notes } from "#flows/delivery/xauslaender2611/notes.ts";
import { birthDate, nameOf, nationalities, stateOf } from "#flows/delivery/xauslaender2611/parts.ts";
import { residenceOf } from "#flows/delivery/xauslaender2611/person.ts";
import type { Elements } from "#flows/delivery/xoev/content.ts";
import type { IsoDate } from "#flows/engine/dates.ts";
import { isSurelyMinor } from "#flows/steps/rules.ts";

// Codes of the list "familiaerebeziehungreferenzperson", version 1: what the reference person is to the applicant.
const PARTNER = "01";
const MINOR_CHILD = "02";
const PARENT = "03";
const OTHER = "04";

/** Services whose applicants are always the same to the person whom they join, and what that person is to them. */
const byService: Readonly<Record<string, string>> = {
  "FAM-30": PARTNER,
  "FAM-31": PARTNER,
  "FAM-32": PARENT,
  "FAM-33": PARENT,
  "FAM-34": PARENT,
  "N-9-3a": PARTNER,
};

/** What the other person is to an applicant who says of themselves to be this. */
const inverse: Readonly<Record<string, string>> = {
  spouse: PARTNER,
  child: PARENT,
  childUnder21: PARENT,
  child21: PARENT,
  parent: MINOR_CHILD,
  parentOfMinor: MINOR_CHILD,
};

function relationOf(service: string, answers: PayloadAnswers, day: IsoDate): string {
  const [kin = ""] = ["relationToGerman", "relationToProtected", "otherKinship", "unionKinship"].flatMap(
    (field) => answers.code(field)?.code ?? [],
  );
  const relation = byService[service] ?? inverse[kin] ?? OTHER;
  // Only parents of Union citizens may have a child of age (§ 1 Abs. 2 Nr. 3 FreizügG/EU).
  const isOfAge = answers.code("unionKinship") && !isSurelyMinor(answers.text("referenceDateOfBirth"), day);
  return relation === MINOR_CHILD && isOfAge ? OTHER : relation;
}

function addressOf(notes: Notes, answers: PayloadAnswers): Elements | undefined {
  if (answers.isYes("referenceSameAddress")) return residenceOf(notes, answers);
  const street = answers.text("referenceStreet");
  const postalCode = answers.text("referencePostalCode");
  const city = answers.text("referencePlace");
  if (street === undefined || postalCode === undefined || city === undefined) return undefined;
  return germanAddress(notes, { street, number: answers.text("referenceHouseNo") ?? "", postalCode, city });
}

/**
 * The family member whom the right to stay depends on, or did (§ 31 AufenthG); place of birth is never asked. `day` is that of
 * filing.
 */
export function referencesOf(
  notes: Notes,
  answers: PayloadAnswers,
  service: string,
  day: IsoDate,
): readonly Elements[] {
  const familyName = answers.text("referenceFamilyName");
  if (familyName === undefined) return [];
  if (service === "FAM-31") notes.add("Bezugsperson: früherer Partner, über den Antrag nicht unterrichten.");
  const states = answers.codes("referenceNationalities");
  if (states.length > 0 && states.every((state) => stateOf(state))) notes.placed("referenceNationalities");
  return [
    {
      vorname: nameOf(notes, "referenzperson/vorname", answers.text("referenceGivenNames")),
      familienname: nameOf(notes, "referenzperson/familienname", familyName),
      geburt: { geburtsort: { unbekannt: true }, tagDerGeburt: birthDate(answers.text("referenceDateOfBirth")) },
      staatsangehoerigkeit: nationalities(states),
      familiaereBeziehung: relationOf(service, answers, day),
      anschrift: addressOf(notes, answers),
    },
  ];
}
