import { createHmac } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { isGenuine } from "./callback.server.ts";

const secret = "s".repeat(43);
const NOW_SECONDS = 1_795_250_000;
const now = NOW_SECONDS * 1000;
const body = Buffer.from('{"type":"new-events","ä":"ß"}\n');

function call(change: { seconds?: number; body?: Buffer; by?: string } = {}) {
  const timestamp = String(NOW_SECONDS + (change.seconds ?? 0));
  const text = Buffer.concat([Buffer.from(`${timestamp}.`), change.body ?? body]);
  const authentication = createHmac("sha512", change.by ?? secret)
    .update(text)
    .digest("hex");
  return { timestamp, authentication, body: change.body ?? body };
}

test.each([-300, -1, 0, 300])("a call signed %i seconds from now is genuine", (seconds) => {
  expect(isGenuine(call({ seconds }), secret, now)).toBe(true);
});

test("an empty body can be signed too", () => {
  expect(isGenuine(call({ body: Buffer.alloc(0) }), secret, now)).toBe(true);
});

test.each([-301, 301])("a call signed %i seconds from now is none", (seconds) => {
  expect(isGenuine(call({ seconds }), secret, now)).toBe(false);
});

const good = call();
const bad: [string, object][] = [
  ["signed with another secret", call({ by: "other" })],
  ["with another body", { ...good, body: Buffer.from(body.toString().trimEnd()) }],
  ["with another time", { ...good, timestamp: String(NOW_SECONDS + 1) }],
  ["without a time", { ...good, timestamp: undefined }],
  ["without a signature", { ...good, authentication: undefined }],
  ["with a shortened signature", { ...good, authentication: good.authentication.slice(0, 64) }],
  ["with a signature in capitals", { ...good, authentication: good.authentication.toUpperCase() }],
  ["with a time that is no number", { ...good, timestamp: `${NOW_SECONDS}.0` }],
];
test.each(bad)("a call %s is not genuine", (_name, change) => {
  expect(isGenuine({ ...good, ...change }, secret, now)).toBe(false);
});

const VECTORS = join(import.meta.dirname, "../../../../shared/standards/fitconnect/vectors/callback-hmac.json");
const vectors = z.object({
  secret: z.string(),
  headers: z.object({ "callback-timestamp": z.string() }),
  vectors: z.array(z.object({ body: z.string(), "callback-authentication": z.string() })).min(2),
});

test("the published examples are genuine at their time", () => {
  if (!existsSync(VECTORS)) {
    process.stdout.write("callback examples are not beside this checkout: nothing compared\n");
    return;
  }
  const file = vectors.parse(JSON.parse(readFileSync(VECTORS, "utf8")));
  const timestamp = file.headers["callback-timestamp"];
  for (const example of file.vectors) {
    const request = { timestamp, authentication: example["callback-authentication"], body: Buffer.from(example.body) };
    expect(isGenuine(request, file.secret, Number(timestamp) * 1000)).toBe(true);
    expect(isGenuine(request, `${file.secret}x`, Number(timestamp) * 1000)).toBe(false);
  }
});
