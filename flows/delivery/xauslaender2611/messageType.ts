import type { Payload } from "#flows/delivery/payload.ts";

/** Numbers of the messages that we send. */
export const messageTypes = {
  application: "130101",
  answer: "130103",
  withdrawal: "130111",
  invitation: "130201",
  freeMovement: "130301",
  fastTrack: "130401",
  package: "000040",
} as const;
export type MessageType = (typeof messageTypes)[keyof typeof messageTypes];

/**
 * Services with a message of their own. Cards of people close to a Union citizen (§ 3a FreizügG/EU) and the document of
 * British nationals have no code of `Meldungsgrund`, so that they go as 130101.
 */
const own: Readonly<Record<string, MessageType>> = {
  "D-VE": messageTypes.invitation,
  "W-FAST": messageTypes.fastTrack,
  "EU-CARD": messageTypes.freeMovement,
  "EU-PERM": messageTypes.freeMovement,
};

/** The message that applications for a service become. */
export function messageTypeOf(serviceId: string): MessageType {
  return own[serviceId] ?? messageTypes.application;
}

/** The message that a payload becomes: what is added to an application goes as an answer, whatever the service. */
export function messageTypeFor({ kind, service }: Pick<Payload, "kind" | "service">): MessageType {
  return kind === "supplement" ? messageTypes.answer : messageTypeOf(service.id);
}
