/** An upload as the server knows it: how long its parts are, how many there are and which of them have arrived. */
export type Upload = { id: string; partBytes: number; parts: number; received: readonly number[] };

/** What an attempt came to. Everything but `ok` says what to do next; no answer of the server is a surprise. */
export type Attempt<T> =
  | { kind: "ok"; value: T }
  /** The file is not taken; `message` says why in the language of the page. */
  | { kind: "refused"; message: string }
  /** These parts have to be sent (again). */
  | { kind: "missing"; parts: readonly number[] }
  /** The server knows no such upload any more. */
  | { kind: "gone" }
  /** The draft is not open any more in this browser. */
  | { kind: "closed" }
  /** The file cannot be read any more, or is another one than it was. */
  | { kind: "unreadable" }
  /** No connection, or the server cannot answer now. */
  | { kind: "unreachable" };

/** One part on its way. */
export type Sending = { upload: Upload; part: number; onProgress: (bytes: number) => void; signal: AbortSignal };

/** The server's side of uploads, as the machine sees it. */
export type UploadServer = {
  create: (file: { code: string; name: string; size: number }, signal: AbortSignal) => Promise<Attempt<Upload>>;
  look: (id: string, signal: AbortSignal) => Promise<Attempt<Upload>>;
  send: (file: Blob, sending: Sending) => Promise<Attempt<undefined>>;
  /** Gives the id of the finished file. */
  complete: (id: string, file: Blob, signal: AbortSignal) => Promise<Attempt<string>>;
  remove: (id: string) => Promise<void>;
};
