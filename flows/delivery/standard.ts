import type { Payload } from "#flows/delivery/payload.ts";
import type { Model } from "#flows/delivery/xoev/model.ts";
import type { ReadMessage } from "#flows/delivery/xoev/read.ts";
import type { EventKind } from "#flows/engine/status.ts";

/** Sender or receiver of messages, as the directory of services (DVDV) knows it. */
export type Party = {
  /** `prefix:id`, e.g. `azr:123456`. */
  identifier: string;
  name: string;
  email?: string;
  phone?: string;
  address?: { street: string; postalCode: string; city: string };
};

/** What every message needs beside its content. */
export type Envelope = {
  /** UUID of the message; the same only for a technical repetition. */
  messageId: string;
  /** With milliseconds and zone. */
  createdAt: string;
  reader: Party;
  author: Party;
  /** Version of the list "verzeichnisdienst". */
  directoryVersion: string;
  product: { name: string; maker: string; version: string };
  isTest: boolean;
  /** Whether the authority's system may send messages back. */
  hasBackChannel: boolean;
};

/** A document on its way: PDF or JPEG, in the message itself (`base64`) or following under its id. */
export type PlacedDocument = {
  id: string;
  /** Code of the evidence, or `form` for the application drawn as PDF. */
  code: string;
  title: string;
  filename: string;
  format: "pdf" | "jpg";
  base64?: string;
};

/** What follows a message in packages; absent, nothing does. */
export type Following = { packages: number; bytes: number };

/** An application or supplement to write, as it was filed. */
export type ApplicationInput = Envelope & {
  payload: Payload;
  documents: readonly PlacedDocument[];
  following?: Following;
};

/** An answer to a question of the authority. `answersTo` is the UUID of the question. */
export type AnswerInput = Envelope & {
  reference: string;
  answersTo: string;
  text?: string;
  documents: readonly PlacedDocument[];
  following?: Following;
};

/** A withdrawal has no content: who withdraws what stands around it. */
export type WithdrawalInput = Envelope & { reference: string };

/** Documents of a message that follow in packages; each package is a message of its own. */
export type PackageInput = Envelope & {
  reference: string;
  /** The message that announced them. */
  announcedBy: string;
  number: number;
  of: number;
  /** ZIP with the documents, named by their ids. */
  zipBase64: string;
};

/** A document that an authority sent. */
export type ReceivedDocument = { title: LetterDocument; format: "pdf" | "jpg"; base64: string };
export type LetterDocument = "attachment" | "appointment" | "fee" | "notice";

/** A message of an authority in our words. Free text is for the applicant alone and sealed for them. */
export type Letter = {
  /** UUID of the authority's message: what comes twice counts once. */
  id: string;
  /** Our message that it answers. */
  answersTo: string;
  reference: string;
  /** Identifiers of sender and receiver, as in `Party`. */
  from: string;
  to: string;
  sentAt: string;
  kind: EventKind;
  /** Words of a fixed list that say more; nothing personal. */
  codes: readonly string[];
  text?: string;
  /** Until when an answer is due. */
  deadline?: string;
  appointment?: { date: string; from: string; to?: string; place: string; more?: string };
  bookingUrl?: string;
  /** Name of the authority that is competent instead. */
  competent?: string;
  documents: readonly ReceivedDocument[];
};

/** A message as text, with its number in the standard. */
export type Written = { type: string; xml: string };

/** Which documents have their place in the message itself, as long as there is room; with `allInline` nothing can follow. */
export type Placing = { inlineCodes: ReadonlySet<string>; allInline: boolean };

/** One version of a standard for messages to authorities; each lives in a folder of its own. */
export type Standard = {
  /** As in an authority's file, e.g. `xauslaender-26.11`. */
  id: string;
  model: Model;
  /** Name of its schema in metadata of transports. */
  schemaUri: string;
  /** Which documents must stand in the message for this payload. */
  placing: (payload: Payload) => Placing;
  application: (input: ApplicationInput) => Written;
  answer: (input: AnswerInput) => Written;
  withdrawal: (input: WithdrawalInput) => Written;
  documents: (input: PackageInput) => Written;
  /** A validated message of an authority in our words; undefined if it is none that authorities send us. */
  read: (message: ReadMessage) => Letter | undefined;
};
