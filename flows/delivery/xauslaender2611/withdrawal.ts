import type { WithdrawalInput, Written } from "#flows/delivery/standard.ts";
import { headerToAuthority } from "#flows/delivery/xauslaender2611/header.ts";
import { messageTypes } from "#flows/delivery/xauslaender2611/messageType.ts";
import { createNotes } from "#flows/delivery/xauslaender2611/notes.ts";
import { written } from "#flows/delivery/xauslaender2611/written.ts";

/** Withdraws an application (130111): the message says no more than which one. */
export function writeWithdrawal(input: WithdrawalInput): Written {
  const type = messageTypes.withdrawal;
  return written(type, input, headerToAuthority(input, type, input.reference, createNotes()));
}
