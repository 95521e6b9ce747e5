import type { PayloadAnswers } from "#flows/delivery/answers.ts";
import type { ApplicationInput } from "#flows/delivery/standard.ts";
import { personMessage, type Frame } from "#flows/delivery/xauslaender2611/frame.ts";
import { messageTypes } from "#flows/delivery/xauslaender2611/messageType.ts";
import type { Notes } from "#flows/delivery/xauslaender2611/notes.ts";
import { partialDate } from "#flows/delivery/xauslaender2611/parts.ts";
import type { Elements } from "#flows/delivery/xoev/content.ts";

// Codes of the list "ozg.meldungsgrund", version 1.
const PERMANENT_CARD = "01";
const FAMILY_CARD = "02";
const PERMANENT_CERTIFICATE = "03";

/** Only family members from third countries say what they are to a Union citizen; Union citizens get a certificate. */
function noticeGround(service: string, answers: PayloadAnswers): string {
  if (service === "EU-CARD") return FAMILY_CARD;
  return answers.code("unionKinship") ? PERMANENT_CARD : PERMANENT_CERTIFICATE;
}

/** Days that come near the entry, the best first. */
const entryFields = ["entryDateCurrent", "entryDateFirst", "stayingSince", "addressSince"];

/** The element must stand: without any answer that says since when the person is here, the day of filing, and a note says so. */
function entryDate({ answers, notes, day }: Frame): string {
  const field = entryFields.find((name) => answers.text(name) !== undefined);
  if (field !== "entryDateCurrent") notes.add("Einreisedatum nicht angegeben; einreisedatum ist ein Ersatzwert.");
  if (field === undefined) return day;
  notes.placed(field);
  return answers.text(field) ?? day;
}

const NO_REASON = "nicht angegeben";

/** Times abroad, as far as both dates are known. */
function absencesOf(notes: Notes, answers: PayloadAnswers): readonly Elements[] {
  return answers.list("absences").flatMap((absence) => {
    const from = absence.text("absenceFrom");
    const to = absence.text("absenceTo");
    if (from === undefined || to === undefined) return [];
    const reason = notes.plain("auslandsaufenthalt/grund", absence.text("absenceReason") ?? NO_REASON);
    return [{ von: partialDate(from), bis: partialDate(to), grund: reason }];
  });
}

/** Message 130301: papers that show free movement (§ 5 FreizügG/EU). Convictions are not asked, so that none is told. */
export function freeMovementContent(input: ApplicationInput): Elements {
  const service = input.payload.service.id;
  return personMessage(input, messageTypes.freeMovement, (frame) => ({
    grounds: [],
    elements: {
      grundDerMeldung: noticeGround(service, frame.answers),
      auslandsaufenthalt: absencesOf(frame.notes, frame.answers),
      einreisedatum: entryDate(frame),
    },
  }));
}
