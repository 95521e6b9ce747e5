import { z } from "zod";
import { relations } from "#flows/household/relations.ts";

/** Where an application stands among those that belong together. */
export const householdPlace = z.object({
  /** The same for all of them: a pseudonym that tells nothing and leads to nobody. */
  id: z.uuid(),
  /** Place in the sitting of one access code; 0 began it. */
  member: z.int().min(0),
  /** What this person is to the one who began the sitting; that one has none. */
  relation: z.enum(relations).optional(),
  /** The entry of that person's family that this person was named by. */
  relative: z.string().optional(),
  /** Came in by an invitation, with a sitting and an access code of their own. */
  joined: z.literal(true).optional(),
});
export type HouseholdPlace = z.infer<typeof householdPlace>;

/** An application that was filed before and belongs to this one. */
export const householdLink = z.strictObject({
  messageId: z.uuid(),
  reference: z.string(),
  /** What its person is to the one of this application. */
  relation: z.enum(relations),
});
export type HouseholdLink = z.infer<typeof householdLink>;

/** What an authority is told of a household: enough to find its applications, nothing about its people. */
export const householdSent = z.strictObject({
  id: z.uuid(),
  member: z.int().min(0),
  joined: z.literal(true).optional(),
});
