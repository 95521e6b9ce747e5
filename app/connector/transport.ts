/** One file of an outbound message; its plaintext exists only in the worker's memory. */
export type Attachment = {
  /** UUID chosen by the sender: of version 4 for a file, of version 8 for what is made anew with every attempt. */
  id: string;
  purpose: "form" | "attachment";
  mimeType: string;
  filename: string;
  description: string;
  /** Bytes of the plaintext, where known beforehand: what is too large is then refused before anything is sent. */
  size?: number;
  /** SHA-512 of the plaintext in lower-case hex, where `read` itself makes sure of it. */
  sha512?: string;
  /** Reads the plaintext when its turn has come; files are never all in memory at once. */
  read: () => Promise<Uint8Array>;
};

/** One outbound message as a transport needs it. `id` is the idempotency key and stands inside the payload too. */
export type OutboundMessage = {
  id: string;
  /** Reference shown to the applicant; no personal data. */
  reference: string;
  filedOn: string;
  service: { leika: string; name: string };
  /** Amtlicher Regionalschlüssel (12 digits) of the competent authority. */
  ars: string;
  data: { bytes: Uint8Array; schemaUri: string; mimeType: "application/json" | "application/xml" };
  attachments: readonly Attachment[];
  /** Progress of the case's first message, which this one adds to: where the transport knows cases, both share one. */
  follows?: Progress;
};

/**
 * How far a delivery got; free of personal data, kept in the outbox row, meaningful only to its transport. Its `stage`, if
 * it is a text, is shown to operators.
 */
export type Progress = Readonly<Record<string, unknown>>;

/**
 * What the receiving side reported about a message. `proof` is the raw signed statement (JWS) where one exists. Remarks and
 * reasons are `<word>` or `<word>@<part>` with words of a fixed list and the part of the message that is meant (`data`,
 * `attachment:<id>`, …): free text of receivers may name people and is never kept.
 */
export type Receipt =
  | { kind: "pickedUp"; at: string; proof?: string }
  | { kind: "accepted"; at: string; proof?: string; remarks: readonly string[] }
  | { kind: "rejected"; at: string; proof?: string; reasons: readonly string[] };

/** What the receiver must take: a service in the area of a regional key, with data of one schema. */
export type Need = { leika: string; ars: string; schemaUri: string; mimeType: OutboundMessage["data"]["mimeType"] };

/**
 * Findings of a transport's own check: stable words, nothing personal inside. `expiresAt`: when the first certificate ends on
 * which deliveries depend (ISO 8601).
 */
export type SelfTest = { ok: boolean; findings: readonly string[]; expiresAt?: string };

/** A message that lies on the receiver's side for us, as it was found: nothing in it is trusted. `size` in bytes. */
export type Found = { name: string; size: number; read: () => Promise<Uint8Array> };

/**
 * What became of a found message: it was taken over and may go, it was refused and is kept aside with the word why, or it is
 * left where it lies and looked at again.
 */
export type Verdict = { kind: "taken" } | { kind: "refused"; code: string } | { kind: "later" };

/**
 * The port to the authorities' systems. `Options` come from the authority's file; `parseOptions` takes the raw value as
 * well as its own result. All methods throw `DeliveryError`; only an error of the caller's own `save` passes unchanged.
 */
export type Transport<Options = unknown> = {
  id: string;
  parseOptions: (value: unknown) => Options;
  /** Checks the way to the receiver without sending anything, and that it takes what is going to be sent (`needs`). */
  selfTest: (options: Options, needs?: readonly Need[]) => Promise<SelfTest>;
  /**
   * Brings the message to the receiver. Resumes at `progress`; calls `save` before and after each step that must not be
   * done twice, and goes on only when it resolved. Resolves when the receiver's side has the whole message (not: accepted).
   */
  deliver: (
    message: OutboundMessage,
    options: Options,
    progress: Progress,
    save: (progress: Progress) => Promise<void>,
  ) => Promise<Progress>;
  /** Asks what became of a delivered message; verified statements only, oldest first, possibly seen before. */
  poll: (messageId: string, options: Options, progress: Progress) => Promise<readonly Receipt[]>;
  /**
   * Hands over what authorities wrote on their own account, one after the other; each is taken once, whoever looks. Absent where
   * nothing can come back. One that cannot be read never keeps the next one waiting.
   */
  collect?: (options: Options, take: (found: Found) => Promise<Verdict>) => Promise<void>;
  /** Ends connections that are kept for the next message. */
  close?: () => Promise<void>;
};
