import type { Envelope, Written } from "#flows/delivery/standard.ts";
import { rootAttributes } from "#flows/delivery/xauslaender2611/header.ts";
import type { MessageType } from "#flows/delivery/xauslaender2611/messageType.ts";
import { xauslaenderModel } from "#flows/delivery/xauslaender2611/model.ts";
import type { Elements } from "#flows/delivery/xoev/content.ts";
import { writeMessage } from "#flows/delivery/xoev/write.ts";

const DIRECTORY = "Code.Verzeichnisdienst";
const { [DIRECTORY]: directory } = xauslaenderModel.codes;

/**
 * A message of this version as XML; the version of the list "verzeichnisdienst" is the operator's to know. @throws Error when the
 * content does not fit the model: a mistake of the mapping
 */
export function written(type: MessageType, envelope: Envelope, content: Elements): Written {
  const version = envelope.directoryVersion;
  const codes = { ...xauslaenderModel.codes, ...(directory && { [DIRECTORY]: { ...directory, version } }) };
  return { type, xml: writeMessage({ ...xauslaenderModel, codes }, type, rootAttributes(envelope), content) };
}
