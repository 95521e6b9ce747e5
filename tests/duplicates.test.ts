import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { fillIn } from "./support/applicant.ts";
import type { PlainPage } from "./support/plainBrowser.ts";
import { startStack } from "./support/service.ts";
import { until } from "./support/until.ts";

let stack: Awaited<ReturnType<typeof startStack>>;
beforeAll(async () => {
  stack = await startStack();
}, 180_000);
afterAll(() => stack?.stop());

const list = z.array(z.object({ messageId: z.string(), reference: z.string() }));
const sent = z.looseObject({
  possibleDuplicate: z.array(z.looseObject({ by: z.array(z.string()), reference: z.string() })).optional(),
});

/** A page without what is another one every time: reference, hashes, tokens, nonces, codes and the clock. */
function masked({ text }: PlainPage): string {
  return text
    .replace(/[0-9A-Z]{4}(-[0-9A-Z]{4}){2,}/g, "REFERENCE")
    .replace(/\b[0-9a-f]{24,}\b/g, "HASH")
    .replace(/eyJ[\w.-]+/g, "RECEIPT")
    .replace(/(nonce|value|content|d|src)="[^"]*"/g, '$1=""')
    .replace(/<script[\s\S]*?<\/script>/g, "")
    .replace(/\d{1,2}:\d{2}(:\d{2})?/g, "TIME");
}

/** What an answer says beside its page, without what is another one every time. */
function toldBeside({ status, headers }: PlainPage): unknown[] {
  const each = new Set(["date", "set-cookie", "content-length", "etag"]);
  const same = [...headers].filter(([name]) => !each.has(name));
  return [status, same.map(([name, value]) => [name, value.replace(/nonce-[^']+/g, "nonce")])];
}

const SEEN = ["/de/potsdam/receipt", "/de/potsdam/application", "/de/status"];

test("whoever applies twice sees the same as the first time; only the authority is told", async () => {
  const pages: unknown[][] = [];
  for (let round = 0; round < 2; round += 1) {
    const { submit, browser, events } = await fillIn(stack.url);
    const filed = await submit();
    expect(filed.status).toBe(200);
    await until(events, (kinds) => kinds.includes("accepted"));
    const opened = await Promise.all(SEEN.map((path) => browser.open(path)));
    pages.push([filed, ...opened].map((page) => [...toldBeside(page), masked(page)]));
  }
  expect(pages[1]).toEqual(pages[0]);
  const applications = list.parse(await (await fetch(`${stack.fachverfahren}/api/applications`)).json());
  const payloads = await Promise.all(
    applications.map(async ({ messageId, reference }) => {
      const answer = await fetch(`${stack.fachverfahren}/api/applications/${messageId}`);
      return { reference, ...sent.parse(await answer.json()) };
    }),
  );
  const told = payloads.filter(({ possibleDuplicate }) => possibleDuplicate !== undefined);
  expect(told).toHaveLength(1);
  const [other] = payloads.filter((payload) => payload !== told[0]);
  expect(told[0]?.possibleDuplicate).toMatchObject([{ by: ["document", "person"], reference: other?.reference }]);
}, 120_000);
