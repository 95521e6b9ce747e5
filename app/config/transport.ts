import { z } from "zod";
import type { DeliveryCode } from "#app/connector/errors.ts";

// A record keyed by the codes, so that a code added to the port is a compile error here.
const failures: Record<DeliveryCode, true> = {
  unreachable: true,
  timeout: true,
  rateLimited: true,
  unauthorised: true,
  misconfigured: true,
  destinationInactive: true,
  destinationMismatch: true,
  keyRefused: true,
  refused: true,
  tooLarge: true,
  unexpectedAnswer: true,
  tagMismatch: true,
  invalidStatement: true,
  unreadable: true,
};
// The record above has exactly these keys.
const failureCodes = Object.keys(failures) as [DeliveryCode, ...DeliveryCode[]];

const kind = <const Name extends string>(name: Name) =>
  z.literal(name).describe("fit-connect, failing or slow (for practice, reach nobody) or none (no interface).");

const fitConnect = z
  .strictObject({
    kind: kind("fit-connect"),
    destinationId: z
      .uuidv4("is not a UUID of version 4")
      .optional()
      .describe(
        "Id of the authority's destination (Zustellpunkt) in FIT-Connect; UUID, each used once (kind fit-connect without routing).",
      ),
    routing: z
      .literal(true, 'can only be "true"')
      .optional()
      .describe(
        "true: the destination is looked up at the routing service of FIT-Connect for each delivery (kind fit-connect without destinationId).",
      ),
  })
  .check(({ value, issues }) => {
    const isNamed = value.destinationId !== undefined;
    if (isNamed !== (value.routing !== undefined)) return;
    const message = isNamed ? "stands beside destinationId" : "is missing";
    const remedy = isNamed
      ? "Remove one: either the destination is named, or it is looked up."
      : 'Name the destination of FIT-Connect, or write "routing: true" to have it looked up.';
    const path = [isNamed ? "routing" : "destinationId"];
    issues.push({ code: "custom", path, input: value, message, params: { remedy } });
  });

const failing = z.strictObject({
  kind: kind("failing"),
  code: z.enum(failureCodes).describe(`Error of every delivery (kind failing): ${failureCodes.join(", ")}.`),
  retryable: z.boolean().describe("true: the delivery is tried again; false: it is stuck at once (kind failing)."),
});

const seconds = z.number().min(0, "is less than 0").max(3_600, "is more than 3600");

const slow = z.strictObject({
  kind: kind("slow"),
  deliverSeconds: seconds.describe("Seconds that one delivery takes, at most 3600 (kind slow)."),
  answerSeconds: seconds.describe("Seconds until the invented receiver answers, at most 3600 (kind slow)."),
  answer: z.enum(["accept", "reject"]).describe("accept or reject: what it answers (kind slow)."),
});

const none = z.strictObject({ kind: kind("none") });

/**
 * How applications reach an authority. `failing` never delivers, `slow` takes its time and reaches nobody: both exist to
 * practise outside production.
 * `none` means that the authority has no interface: nothing is filed online, pages show its contact and the way by post.
 */
export const transport = z.discriminatedUnion("kind", [fitConnect, failing, slow, none]);
