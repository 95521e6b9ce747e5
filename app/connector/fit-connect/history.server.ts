import { z } from "zod";
import { DeliveryError } from "../errors.ts";
import { sameTags, tagSet, type TagSet } from "./progress.server.ts";
import { invalid, type Statement } from "./statement.server.ts";

/** What the verified statements say of a submission; `submitted` is there once it is complete at the Zustelldienst. */
export type History = { statements: readonly Statement[]; submitted: Statement | undefined };

const tagsPayload = z.object({ authenticationTags: tagSet });

/**
 * Reads verified statements, oldest first: their order must make sense, and the tags in them must be those of a set we
 * sent. @throws DeliveryError tagMismatch (somebody else's content stands there) or invalidStatement
 */
export function readHistory(statements: readonly Statement[], ours: readonly TagSet[]): History {
  let submitted: { statement: Statement; tags: TagSet } | undefined;
  const seen = new Set<string>();
  const said = new Set<Statement["event"]>();
  for (const statement of statements) {
    const { event, jti } = statement;
    if (seen.has(jti)) throw invalid("repeated");
    seen.add(jti);
    if (!mayFollow(event, said)) throw invalid("order");
    said.add(event);
    if (event === "submit-submission") submitted = { statement, tags: requireOurs(statement, ours) };
    if (event === "accept-submission") requireOurs(statement, submitted ? [submitted.tags] : []);
  }
  return { statements, submitted: submitted?.statement };
}

function mayFollow(event: Statement["event"], said: ReadonlySet<Statement["event"]>): boolean {
  const isOver = said.has("accept-submission") || said.has("reject-submission");
  switch (event) {
    case "create-submission":
      return said.size === 0;
    case "submit-submission":
      return said.has("create-submission") && !said.has("submit-submission") && !said.has("delete-submission");
    case "notify-submission":
    case "forward-submission":
      return said.has("submit-submission");
    case "accept-submission":
    case "reject-submission":
      return said.has("submit-submission") && !isOver && !said.has("delete-submission");
    case "delete-submission":
      return said.has("create-submission") && !said.has("delete-submission");
  }
}

function requireOurs(statement: Statement, ours: readonly TagSet[]): TagSet {
  const parsed = tagsPayload.safeParse(statement.payload);
  if (!parsed.success) throw invalid("tags");
  const tags = parsed.data.authenticationTags;
  if (ours.some((set) => sameTags(set, tags))) return tags;
  throw new DeliveryError("tagMismatch", false, { cause: new Error(`Foreign tags in ${statement.event}`) });
}
