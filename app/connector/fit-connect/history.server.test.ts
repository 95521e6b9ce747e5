import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { readHistory } from "./history.server.ts";
import type { FitConnectProgress, TagSet } from "./progress.server.ts";
import type { EventName, Statement } from "./statement.server.ts";

const tag = (letter: string) => letter.repeat(22);
const file = "b9715dcb-700e-44d9-802f-12b45bf9f8a3";
const ours: TagSet = { metadata: tag("m"), data: tag("d"), attachments: { [file]: tag("f") } };
const bare: TagSet = { metadata: tag("x"), data: tag("y"), attachments: {} };

/** The progress of a delivery that tried to submit these sets. */
const tried = (...tags: TagSet[]): FitConnectProgress => {
  const ids = "b9715dcb-700e-44d9-802f-12b45bf9f8a0";
  const announced = {
    destinationId: ids,
    submissionId: ids,
    caseId: ids,
    announcedAt: "2026-11-21T00:00:00.000Z",
    attachmentIds: Object.keys(tags.at(-1)?.attachments ?? {}),
    uploaded: {},
    triedTags: {},
  };
  return tags.length === 0 ? { ...announced, stage: "announced" } : { ...announced, stage: "sending", tags };
};

const statement = (event: EventName, tags?: object, jti: string = randomUUID()): Statement => ({
  event,
  jti,
  at: "2026-11-21T00:00:00.000Z",
  payload: tags ? { authenticationTags: tags } : {},
  raw: `raw ${event}`,
});
const create = statement("create-submission");
const submit = statement("submit-submission", ours);
const accept = statement("accept-submission", ours);
const reject = statement("reject-submission");

test("a history with our tags shows the submission as submitted", () => {
  const history = readHistory([create, submit, statement("notify-submission"), accept], tried(bare, ours));
  expect(history.submitted).toBe(submit);
});

test("an announced submission is not submitted", () => {
  expect(readHistory([create], tried(ours)).submitted).toBeUndefined();
  expect(readHistory([], tried()).submitted).toBeUndefined();
});

test("missing attachments in the tags mean none", () => {
  const { metadata, data } = bare;
  const stated = statement("submit-submission", { metadata, data });
  expect(readHistory([create, stated], tried(bare)).submitted).toBe(stated);
});

const foreign: readonly [string, object][] = [
  ["other data", { ...ours, data: tag("z") }],
  ["other metadata", { ...ours, metadata: tag("z") }],
  ["a missing attachment", { ...ours, attachments: {} }],
  ["one attachment more", { ...ours, attachments: { ...ours.attachments, [randomUUID()]: tag("z") } }],
  ["another attachment's id", { ...ours, attachments: { [randomUUID()]: tag("f") } }],
];
test.each(foreign)("a submit statement with %s is an alarm", (_name, tags) => {
  const read = () => readHistory([create, statement("submit-submission", tags)], tried(ours));
  expect(read).toThrow(expect.objectContaining({ code: "tagMismatch", retryable: false }));
});

test("tags of two workers that overlapped are ours part by part, whoever wrote which", () => {
  const other: TagSet = { metadata: tag("M"), data: tag("D"), attachments: { [file]: tag("F") } };
  const mixed: TagSet = { metadata: tag("M"), data: tag("d"), attachments: { [file]: tag("t") } };
  const stated = statement("submit-submission", mixed);
  const taken = statement("accept-submission", mixed);
  const both = tried(ours, other);
  expect(() => readHistory([create, stated], both)).toThrow(expect.objectContaining({ code: "tagMismatch" }));
  const known = { ...both, triedTags: { [file]: [tag("t")] } };
  expect(readHistory([create, stated, taken], known).submitted).toBe(stated);
  const moved = statement("accept-submission", ours);
  expect(() => readHistory([create, stated, moved], known)).toThrow(expect.objectContaining({ code: "tagMismatch" }));
});

test("content that stands there before anything was submitted is an alarm", () => {
  const statements = [create, statement("submit-submission", bare)];
  expect(() => readHistory(statements, tried())).toThrow(expect.objectContaining({ code: "tagMismatch" }));
});

test("an acceptance of content other than submitted is an alarm, even if we sent it once", () => {
  const statements = [create, submit, statement("accept-submission", bare)];
  expect(() => readHistory(statements, tried(bare, ours))).toThrow(expect.objectContaining({ code: "tagMismatch" }));
});

const impossible: readonly [string, Statement[]][] = [
  ["submit before create", [submit]],
  ["two submits", [create, submit, statement("submit-submission", ours)]],
  ["accept before submit", [create, accept]],
  ["accept after reject", [create, submit, reject, accept]],
  ["two acceptances", [create, submit, accept, statement("accept-submission", ours)]],
  ["a statement twice", [create, submit, reject, { ...statement("notify-submission"), jti: create.jti }]],
  ["submit after deletion", [create, statement("delete-submission"), submit]],
  ["create at the end", [create, submit, statement("create-submission")]],
  ["a submit without tags", [create, statement("submit-submission")]],
  ["an acceptance without tags", [create, submit, statement("accept-submission")]],
];
test.each(impossible)("%s makes a history invalid", (_name, statements) => {
  expect(() => readHistory(statements, tried(ours))).toThrow(expect.objectContaining({ code: "invalidStatement" }));
});
