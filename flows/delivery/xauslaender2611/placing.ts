import { answersIn } from "#flows/delivery/answers.ts";
import type { Payload } from "#flows/delivery/payload.ts";
import type { Placing } from "#flows/delivery/standard.ts";
import { inlineCodesOf } from "#flows/delivery/xauslaender2611/documents.ts";
import { messageTypeFor, messageTypes } from "#flows/delivery/xauslaender2611/messageType.ts";

/** Which documents the standard takes in the message only: pages of the passport, title, proof of representation. */
export function placing(payload: Payload): Placing {
  const type = messageTypeFor(payload);
  const isOfPerson = type === messageTypes.application || type === messageTypes.freeMovement;
  return {
    inlineCodes: isOfPerson ? inlineCodesOf(answersIn(payload)) : new Set(),
    allInline: type === messageTypes.invitation,
  };
}
