import type { KeyObject } from "node:crypto";
import type { Callbacks } from "./callbacks.ts";
import type { Contents } from "./contents.ts";
import type { Faults } from "./faults.ts";
import type { ServiceKeys, SigningKey } from "./keys.ts";
import type { Locks } from "./locks.ts";
import type { EventSigner } from "./sets.ts";
import type { Store } from "./store.ts";
import type { Tokens } from "./tokens.ts";

/** The portal that signs the addressing information of routes. */
export interface Portal {
  /** Who signs. */
  issuer: string;
  /** Host of the submission interface that signed addresses point to, with its port. */
  submissionHost: string;
  /** Made when it is asked for the first time; that takes seconds. */
  key(): Promise<SigningKey>;
}

/** Everything the routes work with. */
export interface Service {
  store: Store;
  contents: Contents;
  keys: ServiceKeys;
  portal: Portal;
  /** A key that nobody published, for the faults that need one; made when it is asked for the first time. */
  foreignKey(): Promise<KeyObject>;
  tokens: Tokens;
  signer: EventSigner;
  callbacks: Callbacks;
  faults: Faults;
  locks: Locks;
  now: () => Date;
  rateLimitPerMinute: number;
  /** Submissions whose notify statement is held back by a fault. */
  lateNotices: Set<string>;
  /** Aborted when the simulator closes. */
  stopping: AbortSignal;
  /** Lets work go on after the answer; closing waits for it. */
  background(work: Promise<unknown>): void;
}
