import type { PayloadAnswers } from "#flows/delivery/answers.ts";
import { channels } from "#flows/delivery/xauslaender2611/channels.ts";
import type { SortedDocuments } from "#flows/delivery/xauslaender2611/documents.ts";
import type { Notes } from "#flows/delivery/xauslaender2611/notes.ts";
import { inlineDocument, nameOf } from "#flows/delivery/xauslaender2611/parts.ts";
import type { Elements } from "#flows/delivery/xoev/content.ts";
import type { IsoDate } from "#flows/engine/dates.ts";
import { isSurelyMinor } from "#flows/steps/rules.ts";

// Codes of the list "vertretungsart", version 3.
const PARENT = "2";
const GUARDIAN = "3";
const CARER = "4";
const AUTHORISED = "7";

/** Guardians have children (§ 1773 BGB), carers adults (§ 1814 BGB); whether somebody with authority is a lawyer is not asked. */
function kindOf(role: string, isMinor: boolean): string {
  if (role === "parent") return PARENT;
  if (role === "guardian") return isMinor ? GUARDIAN : CARER;
  return AUTHORISED;
}

/** Who files for the applicant (`OZG.AntragstellerVertreter`); undefined if they file themselves. `day` is that of filing. */
export function representativeOf(
  notes: Notes,
  answers: PayloadAnswers,
  { proof }: SortedDocuments,
  day: IsoDate,
): Elements | undefined {
  const role = answers.code("representativeRole")?.code;
  if (role === undefined) return undefined;
  const born = answers.text("representativeDateOfBirth");
  const ways = channels(notes, { phone: answers.text("representativePhone") });
  return {
    vertretungsart: kindOf(role, isSurelyMinor(answers.text("dateOfBirth"), day)),
    vorname: nameOf(notes, "antragstellerVertreter/vorname", answers.text("representativeGivenNames")),
    familienname: nameOf(notes, "antragstellerVertreter/familienname", answers.text("representativeFamilyName")),
    kommunikation: ways,
    anlageVertreter: proof.map(inlineDocument),
    geschlecht: {},
    tagDerGeburt: born,
    vertrauensniveau: {
      vorname: false,
      familienname: false,
      kommunikation: ways.map(() => false),
      ...(born === undefined ? {} : { tagDerGeburt: false }),
    },
  };
}
