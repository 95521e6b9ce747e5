import type { Callbacks } from "./callbacks.ts";
import type { Contents } from "./contents.ts";
import type { Faults } from "./faults.ts";
import type { ServiceKeys } from "./keys.ts";
import type { Locks } from "./locks.ts";
import type { EventSigner } from "./sets.ts";
import type { Store } from "./store.ts";
import type { Tokens } from "./tokens.ts";

/** Everything the routes work with. */
export interface Service {
  store: Store;
  contents: Contents;
  keys: ServiceKeys;
  tokens: Tokens;
  signer: EventSigner;
  callbacks: Callbacks;
  faults: Faults;
  locks: Locks;
  now: () => Date;
  rateLimitPerMinute: number;
  /** Aborted when the simulator closes. */
  stopping: AbortSignal;
  /** Lets work go on after the answer; closing waits for it. */
  background(work: Promise<unknown>): void;
}
