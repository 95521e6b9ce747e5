import { z } from "zod";
import type { DeliveryCode } from "#app/connector/errors.ts";
import { standards } from "#flows/delivery/standards.ts";

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
  invalidMessage: true,
};
// The record above has exactly these keys.
const failureCodes = Object.keys(failures) as [DeliveryCode, ...DeliveryCode[]];

const kind = <const Name extends string>(name: Name) =>
  z
    .literal(name)
    .describe(
      "fit-connect, drop (folders of a gateway), failing or slow (for practice, reach nobody) or none (no interface).",
    );

/** What a message is written in: our own JSON, or a version of XAusländer. */
export const formats = ["json", ...standards.map(({ id }) => id)] as const;

const written = {
  format: z
    .enum(formats)
    .default("json")
    .describe(`What applications are written in: ${formats.join(", ")} (kinds fit-connect and drop; optional, json).`),
  authorityKey: z
    .string()
    .regex(/^[a-z]{3}:[A-Za-z0-9-]{1,40}$/, 'is not of the form "azr:123456"')
    .optional()
    .describe('Key of the authority in the DVDV, for example "azr:123456" (formats of XAusländer).'),
} as const;

type Written = { format: string; authorityKey?: string | undefined };

/** XAusländer names its reader by the key in the DVDV. */
function keyProblem({ format, authorityKey }: Written): z.core.$ZodRawIssue | undefined {
  if ((format === "json") === (authorityKey === undefined)) return undefined;
  const isMissing = authorityKey === undefined;
  return {
    code: "custom",
    path: ["authorityKey"],
    input: authorityKey,
    message: isMissing ? "is missing" : "is of no use with format json",
    params: {
      remedy: isMissing ? 'Name the key of the authority in the DVDV, for example "azr:123456".' : "Remove it.",
    },
  };
}

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
    ...written,
  })
  .check(({ value, issues }) => {
    const problem = keyProblem(value);
    if (problem) issues.push(problem);
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

const drop = z
  .strictObject({
    kind: kind("drop"),
    gateway: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,39}$/, "is not made of small letters, digits and hyphens, beginning with a letter")
      .describe("Id of the gateway in the file that GATEWAYS names (kind drop)."),
    mailbox: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,59}$/, "is not made of small letters, digits and hyphens")
      .describe("Folder of the authority below the gateway's own, each used once (kind drop)."),
    ...written,
  })
  .check(({ value, issues }) => {
    const problem = keyProblem(value);
    if (problem) issues.push(problem);
  });

const none = z.strictObject({ kind: kind("none") });

/**
 * How applications reach an authority. `failing` never delivers, `slow` takes its time and reaches nobody: both exist to
 * practise outside production. `drop` puts messages into folders that a gateway of the data centre empties.
 * `none` means that the authority has no interface: nothing is filed online, pages show its contact and the way by post.
 */
export const transport = z.discriminatedUnion("kind", [fitConnect, drop, failing, slow, none]);
