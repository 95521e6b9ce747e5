import type { PayloadAnswers } from "#flows/delivery/answers.ts";
import type { ApplicationInput } from "#flows/delivery/standard.ts";
import { personMessage } from "#flows/delivery/xauslaender2611/frame.ts";
import { conditionText, stayGround } from "#flows/delivery/xauslaender2611/grounds.ts";
import { messageTypes } from "#flows/delivery/xauslaender2611/messageType.ts";
import type { Notes } from "#flows/delivery/xauslaender2611/notes.ts";
import type { Elements } from "#flows/delivery/xoev/content.ts";

/** Of people who came once only the one entry is asked. */
function firstEntry(notes: Notes, answers: PayloadAnswers): string | undefined {
  const field = ["entryDateFirst", "entryDateCurrent"].find((name) => answers.text(name) !== undefined);
  if (field === undefined) return undefined;
  notes.placed(field);
  return answers.text(field);
}

function condition(notes: Notes, service: string, answers: PayloadAnswers): string | undefined {
  const text = conditionText(service, answers);
  if (text === undefined) return undefined;
  notes.placed("employmentWish");
  return notes.plain("grundAenderungNebenbestimmung", text);
}

/** Message 130101: everything about stay and work of a foreigner that has no message of its own. */
export function residenceContent(input: ApplicationInput): Elements {
  const service = input.payload.service.id;
  return personMessage(input, messageTypes.application, ({ answers, notes }) => {
    const ground = stayGround(service, answers);
    return {
      grounds: [ground],
      elements: {
        ersteinreisedatum: firstEntry(notes, answers),
        grundAenderungNebenbestimmung: condition(notes, service, answers),
        grundDesAufenthalts: ground.code,
      },
    };
  });
}
