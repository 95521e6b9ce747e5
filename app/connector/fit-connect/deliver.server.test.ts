import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Progress } from "../transport.ts";
import { fitConnect } from "./adapter.server.ts";
import { startAuthority, type TestAuthority } from "./authority.testing.ts";
import type { FitConnectConfig } from "./config.server.ts";
import { makeMessage, makeRow } from "./message.testing.ts";

let authority: TestAuthority;
beforeEach(async () => {
  authority = await startAuthority();
});
afterEach(() => authority.close());

const HOUR_MS = 60 * 60 * 1000;
const message = makeMessage();
const { row, save } = makeRow();

beforeEach(() => {
  row.progress = {};
  row.stages = [];
});

const deliver = (change: Partial<FitConnectConfig> = {}, saveAs = save) =>
  fitConnect(authority.config(change)).deliver(
    message,
    { destinationId: authority.destinationId },
    row.progress,
    saveAs,
  );

/** A network that loses the request or the answer of the first call that matches. */
function losing(what: "request" | "answer", matches: (method: string, url: string) => boolean): typeof fetch {
  let lost = false;
  return async (url, init) => {
    if (lost || !matches(init?.method ?? "GET", String(url))) return fetch(url, init);
    lost = true;
    if (what === "answer") await (await fetch(url, init)).arrayBuffer();
    throw new TypeError("fetch failed");
  };
}

const isSubmit = (method: string, url: string) => method === "PUT" && /\/submissions\/[^/]+$/.test(url);
const isAttachment = (method: string, url: string) => method === "PUT" && url.includes("/attachments/");
const submissionId = () => (row.progress as { submissionId: string }).submissionId;
const stage = () => (row.progress as { stage?: string }).stage;
const crashing = (progress: Progress) =>
  progress.stage === "sent" ? Promise.reject(new Error("database gone")) : save(progress);
const gateway: typeof fetch = async (url, init) =>
  String(url).endsWith("/token") ? fetch(url, init) : new Response("<h1>Not found</h1>", { status: 404 });
const silent: typeof fetch = () => Promise.reject(new TypeError("no network"));
const again = { code: "unreachable", retryable: true };

describe("A delivery that was interrupted", () => {
  test("by a lost answer of the Zustelldienst ends in exactly one submission", async () => {
    await authority.setFault("lose-answer", { count: 1 });
    await expect(deliver()).rejects.toMatchObject(again);
    expect(stage()).toBe("sending");
    await deliver();
    expect(stage()).toBe("sent");
    expect(await authority.statistics()).toMatchObject({ submitted: 1, incomplete: 0 });
    expect(await authority.list()).toHaveLength(1);
  });

  test("before the last call arrived goes on with the same submission and another encryption", async () => {
    await expect(deliver({ fetch: losing("request", isSubmit) })).rejects.toMatchObject(again);
    const first = submissionId();
    await deliver();
    expect(row.progress).toMatchObject({ stage: "sent", submissionId: first, tags: [{}, {}] });
    expect(await authority.statistics()).toMatchObject({ submitted: 1, incomplete: 0 });
    expect((await authority.open(first)).data).toEqual(Buffer.from(message.data.bytes));
  });

  test("between two files goes on with the same submission", async () => {
    await expect(deliver({ fetch: losing("answer", isAttachment) })).rejects.toMatchObject(again);
    expect(stage()).toBe("announced");
    await deliver();
    expect(await authority.statistics()).toMatchObject({ submitted: 1, incomplete: 0 });
  });

  test("after submitting and before saving that it was sent is not submitted again", async () => {
    await expect(deliver({}, crashing)).rejects.toThrow("database gone");
    const puts: string[] = [];
    await deliver({
      fetch: async (url, init) => {
        if (init?.method !== "GET") puts.push(String(url));
        return fetch(url, init);
      },
    });
    expect(stage()).toBe("sent");
    expect(puts.filter((url) => !url.endsWith("/token"))).toEqual([]);
  });

  test("announces anew when the announcement is older than 20 hours", async () => {
    await expect(deliver({ fetch: losing("request", isSubmit) })).rejects.toMatchObject(again);
    const first = submissionId();
    const now = Date.now();
    await deliver({ now: () => now + 20 * HOUR_MS + 60_000 });
    expect(submissionId()).not.toBe(first);
    expect(await authority.statistics()).toMatchObject({ submitted: 1, incomplete: 1 });
  });

  test("announces anew when the Zustelldienst no longer knows the submission", async () => {
    await deliver({ fetch: losing("request", isSubmit) }).catch(() => undefined);
    const unknown = "3f0c2b8e-8a44-4f9e-9a53-0b2f4c0a7d10";
    row.progress = { ...row.progress, submissionId: unknown, caseId: unknown };
    await deliver();
    expect(stage()).toBe("sent");
    expect(submissionId()).not.toBe(unknown);
  });

  test("is not fooled by a gateway that answers 404 for everything", async () => {
    await deliver({ fetch: losing("request", isSubmit) }).catch(() => undefined);
    const before = row.progress;
    await expect(deliver({ fetch: gateway })).rejects.toMatchObject({ code: "unexpectedAnswer", retryable: true });
    expect(row.progress).toEqual(before);
  });

  test("reads the event log again when the submission turns out to be closed", async () => {
    await expect(deliver({ fetch: losing("answer", isSubmit) })).rejects.toMatchObject(again);
    let hidden = false;
    const late: typeof fetch = async (url, init) => {
      if (hidden || !String(url).includes("/events?")) return fetch(url, init);
      hidden = true;
      const page = (await (await fetch(url, init)).json()) as { eventLog: string[] };
      return Response.json({ ...page, totalCount: 1, eventLog: page.eventLog.slice(0, 1) });
    };
    await deliver({ fetch: late });
    expect(stage()).toBe("sent");
    expect(await authority.statistics()).toMatchObject({ submitted: 1, incomplete: 0 });
  });

  test("raises an alarm when content of others stands in the event log", async () => {
    await expect(deliver({ fetch: losing("answer", isSubmit) })).rejects.toMatchObject(again);
    const { tags } = row.progress as { tags: { data: string; metadata: string }[] };
    row.progress = { ...row.progress, tags: [{ ...tags[0]!, data: tags[0]!.metadata }] };
    await expect(deliver()).rejects.toMatchObject({ code: "tagMismatch", retryable: false });
    expect(stage()).toBe("sending");
  });

  test("and is sent already asks nobody", async () => {
    await deliver();
    const sent = row.progress;
    expect(await deliver({ fetch: silent })).toEqual(sent);
  });
});

test("files are read one after the other, each when its turn has come", async () => {
  let open = 0;
  let most = 0;
  const attachments = message.attachments.map((file) => ({
    ...file,
    read: async () => {
      open += 1;
      most = Math.max(most, open);
      return file.read();
    },
  }));
  const counting: typeof fetch = async (url, init) => {
    const answer = await fetch(url, init);
    if (isAttachment(init?.method ?? "GET", String(url))) open -= 1;
    return answer;
  };
  const transport = fitConnect(authority.config({ fetch: counting }));
  await transport.deliver({ ...message, attachments }, { destinationId: authority.destinationId }, {}, save);
  expect(most).toBe(1);
});

test("stored progress of another shape is refused instead of sending twice", async () => {
  row.progress = { stage: "sending", submissionId: "x" };
  await expect(deliver()).rejects.toMatchObject({ code: "unreadable", retryable: false });
});
