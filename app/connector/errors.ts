/** Every reason why a delivery did not get through; a fixed list, so that handling them can be exhaustive. */
export const deliveryCodes = [
  "unreachable",
  "timeout",
  "rateLimited",
  "unauthorised",
  "misconfigured",
  "destinationInactive",
  "destinationMismatch",
  "keyRefused",
  "refused",
  "tooLarge",
  "unexpectedAnswer",
  "tagMismatch",
  "invalidStatement",
  "unreadable",
  "invalidMessage",
] as const;

/** Why a delivery did not get through; stable codes for the operator, never shown to applicants, nothing personal. */
export type DeliveryCode = (typeof deliveryCodes)[number];

/** Why a key of the receiver is refused: the `detail` of `keyRefused`; a fixed list, nothing personal. */
export const keyFaults = [
  "missing",
  "kind",
  "kid",
  "purpose",
  "tooShort",
  "noCertificate",
  "foreignCertificate",
  "certificateDate",
  "chain",
  "keyUsage",
  "algorithm",
  "revoked",
  "revocationUnknown",
] as const;

/** Why a key of the receiver is refused. */
export type KeyFault = (typeof keyFaults)[number];

/** A delivery failed. `retryable` says whether trying again later can help; `retryAfterMs` is the receiver's wish. */
export class DeliveryError extends Error {
  readonly code: DeliveryCode;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  /** Says more about `keyRefused`. */
  readonly detail: KeyFault | undefined;

  constructor(
    code: DeliveryCode,
    retryable: boolean,
    options: { cause?: unknown; retryAfterMs?: number; detail?: KeyFault } = {},
  ) {
    super(`Delivery failed: ${code}${options.detail ? `.${options.detail}` : ""}`, { cause: options.cause });
    this.name = "DeliveryError";
    this.code = code;
    this.retryable = retryable;
    this.retryAfterMs = options.retryAfterMs;
    this.detail = options.detail;
  }

  /** What is noted of the failure and shown to operators: the code, with its detail after a full stop if there is one. */
  get reason(): string {
    return this.detail === undefined ? this.code : `${this.code}.${this.detail}`;
  }
}
