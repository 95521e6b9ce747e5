import { page } from "#flows/engine/facts.ts";
import { choice, text } from "#flows/engine/fields.ts";

/** What the person has done to get a passport of their own state (§ 5 AufenthV, § 48 Abs. 3 AufenthG). */
export const passportEfforts = page("passport", { passportEfforts: text({ max: 1000, rows: 5 }) });

/** What the travel document is needed for: it is granted by discretion (§ 5 AufenthV). */
export const documentReason = page("passport", { documentReason: text({ max: 1000, rows: 5 }) });

/** Whether statelessness was found; the Stateless Convention gives a document to nobody else. */
export const statelessness = page("passport", { statelessness: choice(["found", "applied", "notFound"]) });

/** The travel document that the person had before. */
export const earlierDocument = page("passport", {
  earlierDocument: choice(["neverHad", "stillHeld", "expired", "lost"]),
});

/** A new substitute for the identity card, or more time for the present one (§ 48 Abs. 1 AufenthV). */
export const substituteWish = page("passport", { substituteWish: choice(["newSubstitute", "moreTime"]) });
