import type { Answers, PayloadAnswers } from "#flows/delivery/answers.ts";
import { createNotes, type Notes } from "#flows/delivery/xauslaender2611/notes.ts";
import { stayRemarks } from "#flows/delivery/xauslaender2611/ownRemarks.ts";
import { birthDate, nameOf, stateOf } from "#flows/delivery/xauslaender2611/parts.ts";
import { addRemarks } from "#flows/delivery/xauslaender2611/remarks.ts";
import type { PlacedDocument } from "#flows/delivery/standard.ts";
import type { Elements } from "#flows/delivery/xoev/content.ts";
import { daysBetween } from "#flows/engine/dates.ts";

/** Code of "ozg.cvisumvisumfrei" for visits of family or friends. */
const VISIT = "03";
/** Codes of "ozg.dvisumaufenthaltstitel" and "ozg.ausbildungszweck" by our answers on the purpose. */
const longStays: Readonly<Record<string, Elements>> = {
  languageCourse: { dVisum: "01", ausbildungszweck: "05" },
  study: { dVisum: "01" },
  work: { dVisum: "02" },
  family: { dVisum: "04" },
};
/** Of a short stay in any half year (Article 6 of Regulation (EU) 2016/399). */
const SHORT_DAYS = 90;

function daysOf(answers: Answers): number | undefined {
  const [from, to] = [answers.text("visitFrom"), answers.text("visitTo")];
  return from === undefined || to === undefined ? undefined : daysBetween(from, to) + 1;
}

/**
 * For what the guests come, by the visa that such a stay has as a rule: nobody asks hosts whether guests need one. The length
 * stands in days, and only where the stay is short: the standard names no unit.
 */
function stayOf(answers: Answers): Elements {
  const purpose = answers.code("visitPurpose");
  const longStay = longStays[purpose?.code ?? ""];
  if (longStay) return { dVisum: longStay };
  const days = daysOf(answers);
  if (purpose?.code !== "visit" || (days ?? 0) > SHORT_DAYS) return { sonstiges: purpose?.text ?? "nicht angegeben" };
  return { cVisum: { cVisum: VISIT, aufenthaltsdauer: days } };
}

/** What is asked of each guest: neither place of birth nor sex. */
function guestOf(notes: Notes, guest: Answers): Elements {
  const [familyName, givenNames] = [guest.text("guestFamilyName"), guest.text("guestGivenNames")];
  return {
    familienname: familyName === undefined ? undefined : nameOf(notes, "gast/familienname", familyName),
    vorname: givenNames === undefined ? undefined : nameOf(notes, "gast/vorname", givenNames),
    staatsangehoerigkeit: stateOf(guest.code("guestNationality")),
    geburt: { geburtsort: { unbekannt: true }, tagDerGeburt: birthDate(guest.text("guestDateOfBirth")) },
    geschlecht: {},
  };
}

/**
 * The guests with their stay (`gast`): the first one leads, the others follow; nobody is named if none was yet. Where they will
 * live is not asked, so that it is the flat of the host, who is asked for it.
 */
export function guestsContent(answers: PayloadAnswers, documents: readonly PlacedDocument[]): Elements {
  const [first, ...others] = answers.list("guests");
  const notes = createNotes(documents);
  addRemarks(notes, answers, stayRemarks);
  notes.add(first ? "Ob ein Visum nötig ist, wurde nicht gefragt." : "Noch kein Gast benannt.");
  const lead = first ? guestOf(notes, first) : { geschlecht: {} };
  const following = others.map((guest) => guestOf(notes, guest));
  return {
    ...lead,
    aufenthaltVisum: stayOf(answers),
    sonstigeAnmerkungen: notes.text(),
    voraussichtlichesEinreisedatum: answers.text("visitFrom"),
    anschrift: { anschriftWieGastgeber: true },
    weitereGaeste: following,
  };
}
