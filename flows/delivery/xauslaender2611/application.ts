import type { ApplicationInput, Written } from "#flows/delivery/standard.ts";
import { writeSupplement } from "#flows/delivery/xauslaender2611/answer.ts";
import { fastTrackContent } from "#flows/delivery/xauslaender2611/fastTrack.ts";
import { freeMovementContent } from "#flows/delivery/xauslaender2611/freeMovement.ts";
import { invitationContent } from "#flows/delivery/xauslaender2611/invitation.ts";
import { messageTypeFor, messageTypes, type MessageType } from "#flows/delivery/xauslaender2611/messageType.ts";
import { residenceContent } from "#flows/delivery/xauslaender2611/residence.ts";
import { written } from "#flows/delivery/xauslaender2611/written.ts";
import type { Elements } from "#flows/delivery/xoev/content.ts";

const contents: Readonly<Partial<Record<MessageType, (input: ApplicationInput) => Elements>>> = {
  [messageTypes.invitation]: invitationContent,
  [messageTypes.freeMovement]: freeMovementContent,
  [messageTypes.fastTrack]: fastTrackContent,
};

/**
 * Writes an application, or what is added to one, as the message that its service has.
 * @throws FormMissing if the message must hold the application as PDF and there is none
 */
export function writeApplication(input: ApplicationInput): Written {
  const type = messageTypeFor(input.payload);
  if (type === messageTypes.answer) return writeSupplement(input);
  return written(type, input, (contents[type] ?? residenceContent)(input));
}
