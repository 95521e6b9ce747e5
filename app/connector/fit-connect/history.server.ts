import { z } from "zod";
import { DeliveryError } from "../errors.ts";
import { areOurs, sameTags, tagSet, type FitConnectProgress, type TagSet } from "./progress.server.ts";
import { invalid, type Statement } from "./statement.server.ts";

/** What the verified statements say of a submission; `submitted` is there once it is complete at the Zustelldienst. */
export type History = { statements: readonly Statement[]; submitted: Statement | undefined };

const tagsPayload = z.object({ authenticationTags: tagSet });

/**
 * Reads verified statements, oldest first: their order must make sense, the tags of the submission must be ours, and an
 * acceptance must repeat them. @throws DeliveryError tagMismatch (somebody else's content stands there) or invalidStatement
 */
export function readHistory(statements: readonly Statement[], progress: FitConnectProgress): History {
  let submitted: { statement: Statement; tags: TagSet } | undefined;
  const seen = new Set<string>();
  const said = new Set<Statement["event"]>();
  for (const statement of statements) {
    const { event, jti } = statement;
    if (seen.has(jti)) throw invalid("repeated");
    seen.add(jti);
    if (!mayFollow(event, said)) throw invalid("order");
    said.add(event);
    if (event === "submit-submission") {
      submitted = { statement, tags: requireTags(statement, (tags) => areOurs(tags, progress)) };
    }
    if (event === "accept-submission") {
      const known = submitted?.tags;
      requireTags(statement, (tags) => known !== undefined && sameTags(tags, known));
    }
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

function requireTags(statement: Statement, isRight: (tags: TagSet) => boolean): TagSet {
  const parsed = tagsPayload.safeParse(statement.payload);
  if (!parsed.success) throw invalid("tags");
  const tags = parsed.data.authenticationTags;
  if (isRight(tags)) return tags;
  throw new DeliveryError("tagMismatch", false, { cause: new Error(`Foreign tags in ${statement.event}`) });
}
