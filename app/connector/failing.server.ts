import { z } from "zod";
import { DeliveryError, deliveryCodes } from "./errors.ts";
import type { Transport } from "./transport.ts";

const options = z.object({ code: z.enum(deliveryCodes), retryable: z.boolean() });

/** How the failing transport fails. */
export type FailingOptions = z.infer<typeof options>;

/** A transport that always fails in the way its options say, so that every failure can be clicked through. */
export function failing(): Transport<FailingOptions> {
  const fail = ({ code, retryable }: FailingOptions) => Promise.reject(new DeliveryError(code, retryable));
  return {
    id: "failing",
    parseOptions: (value) => {
      const parsed = options.safeParse(value);
      if (!parsed.success) throw new DeliveryError("misconfigured", false, { cause: parsed.error });
      return parsed.data;
    },
    selfTest: ({ code }) => Promise.resolve({ ok: false, findings: [code] }),
    deliver: (_message, parsed) => fail(parsed),
    poll: (_messageId, parsed) => fail(parsed),
  };
}
