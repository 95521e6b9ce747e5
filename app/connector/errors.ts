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
] as const;

/** Why a delivery did not get through; stable codes for the operator, never shown to applicants, nothing personal. */
export type DeliveryCode = (typeof deliveryCodes)[number];

/** A delivery failed. `retryable` says whether trying again later can help; `retryAfterMs` is the receiver's wish. */
export class DeliveryError extends Error {
  readonly code: DeliveryCode;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(code: DeliveryCode, retryable: boolean, options: { cause?: unknown; retryAfterMs?: number } = {}) {
    super(`Delivery failed: ${code}`, { cause: options.cause });
    this.name = "DeliveryError";
    this.code = code;
    this.retryable = retryable;
    this.retryAfterMs = options.retryAfterMs;
  }
}
