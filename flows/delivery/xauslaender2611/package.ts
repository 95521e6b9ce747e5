import type { PackageInput, Written } from "#flows/delivery/standard.ts";
import { headerOf } from "#flows/delivery/xauslaender2611/header.ts";
import { messageTypes } from "#flows/delivery/xauslaender2611/messageType.ts";
import { createNotes } from "#flows/delivery/xauslaender2611/notes.ts";
import { written } from "#flows/delivery/xauslaender2611/written.ts";

/** One package of documents that an earlier message announced (000040, whose structure is assumed: `unverified.json`). */
export function writePackage(input: PackageInput): Written {
  const type = messageTypes.package;
  return written(type, input, {
    ...headerOf(input, type, input.reference, createNotes()),
    ausloeserUUID: input.announcedBy,
    paketnummer: input.number,
    anzahlDerPakete: input.of,
    archiv: input.zipBase64,
  });
}
