import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Progress } from "../transport.ts";
import { fitConnect } from "./adapter.server.ts";
import { startAuthority, type TestAuthority } from "./authority.testing.ts";
import type { FitConnectConfig } from "./config.server.ts";
import { makeKey } from "./keys.testing.ts";
import { makeMessage, makeRow } from "./message.testing.ts";
import { leanFetch, type Fetch } from "./leanFetch.server.ts";

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
function losing(what: "request" | "answer", matches: (method: string, url: string) => boolean): Fetch {
  let lost = false;
  return async (url, init) => {
    if (lost || !matches(init.method, url)) return leanFetch(url, init);
    lost = true;
    if (what === "answer") await (await leanFetch(url, init)).arrayBuffer();
    throw new TypeError("fetch failed");
  };
}

const isSubmit = (method: string, url: string) => method === "PUT" && /\/submissions\/[^/]+$/.test(url);
const isAttachment = (method: string, url: string) => method === "PUT" && url.includes("/attachments/");
const isFirstFile = () => isNthFile(1);
const isSecondFile = () => isNthFile(2);
function isNthFile(wanted: number): (method: string, url: string) => boolean {
  let files = 0;
  return (method, url) => isAttachment(method, url) && ++files === wanted;
}
/** A network that notes the addresses of calls that match. */
const watching =
  (matches: (method: string, url: string) => boolean, seen: string[]): Fetch =>
  async (url, init) => {
    if (matches(init.method, url)) seen.push(url);
    return leanFetch(url, init);
  };
/** A Zustelldienst that refuses to take any submission. */
const refusing: Fetch = async (url, init) =>
  isSubmit(init.method, url)
    ? Response.json({ type: "x", title: "attachments are missing" }, { status: 422 })
    : leanFetch(url, init);
const submissionId = () => (row.progress as { submissionId: string }).submissionId;
const stage = () => (row.progress as { stage?: string }).stage;
const crashing = (progress: Progress) =>
  progress.stage === "sent" ? Promise.reject(new Error("database gone")) : save(progress);
const gateway: Fetch = async (url, init) =>
  url.endsWith("/token") ? leanFetch(url, init) : new Response("<h1>Not found</h1>", { status: 404 });
const silent: Fetch = () => Promise.reject(new TypeError("no network"));
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
        if (init?.method !== "GET") puts.push(url);
        return leanFetch(url, init);
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
    const late: Fetch = async (url, init) => {
      if (hidden || !url.includes("/events?")) return leanFetch(url, init);
      hidden = true;
      const page = (await (await leanFetch(url, init)).json()) as { eventLog: string[] };
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

  test("between two files does not upload again what is there", async () => {
    await expect(deliver({ fetch: losing("request", isSecondFile()) })).rejects.toMatchObject(again);
    await expect(deliver({ fetch: losing("request", isSubmit) })).rejects.toMatchObject(again);
    const uploads: string[] = [];
    await deliver({ fetch: watching(isAttachment, uploads) });
    expect(uploads).toEqual([]);
    const { attachments, data } = await authority.open(submissionId());
    expect(data).toEqual(Buffer.from(message.data.bytes));
    for (const file of message.attachments) expect(attachments[file.id]).toEqual(Buffer.from(await file.read()));
  });

  test("by a database that goes away between two files goes on with what was saved last", async () => {
    let time = Date.now();
    let saves = 0;
    const dying = (progress: Progress) => {
      saves += 1;
      return saves === 3 ? Promise.reject(new Error("database gone")) : save(progress);
    };
    const now = () => (time += 2_000);
    await expect(deliver({ now }, dying)).rejects.toThrow("database gone");
    expect(row.progress).toMatchObject({ stage: "announced", uploaded: {} });
    const first = submissionId();
    await deliver();
    expect(submissionId()).toBe(first);
    expect(await authority.statistics()).toMatchObject({ submitted: 1, incomplete: 0 });
  });

  test("and whose key was exchanged since uploads everything again for the new one", async () => {
    const next = await makeKey("kid-encryption-2", "encrypt");
    await expect(deliver({ fetch: losing("request", isSubmit) })).rejects.toMatchObject(again);
    const keys = [authority.encryption.jwk, authority.signature.jwk, next.jwk];
    await authority.register({ encryptionKid: next.kid, keys });
    const uploads: string[] = [];
    await deliver({ fetch: watching(isAttachment, uploads) });
    expect(uploads).toHaveLength(2);
    expect((await authority.open(submissionId(), next)).data).toEqual(Buffer.from(message.data.bytes));
    expect(await authority.statistics()).toMatchObject({ submitted: 1, incomplete: 0 });
  });

  test("while its key was exchanged between announcing and submitting arrives under the old one", async () => {
    const next = await makeKey("kid-encryption-2", "encrypt");
    const keys = [authority.encryption.jwk, authority.signature.jwk, next.jwk];
    await deliver({}, async (progress) => {
      if (progress.stage === "sending") await authority.register({ encryptionKid: next.kid, keys });
      await save(progress);
    });
    expect((await authority.open(submissionId())).data).toEqual(Buffer.from(message.data.bytes));
  });

  test("uploads again what the Zustelldienst has lost although it took it", async () => {
    await expect(deliver({ fetch: losing("answer", isFirstFile()) })).rejects.toMatchObject(again);
    const [lost] = message.attachments;
    const { kid } = authority.encryption;
    const uploaded = { [lost!.id]: { tag: "A".repeat(22), sha512: "0".repeat(128), kid } };
    row.progress = { ...row.progress, uploaded };
    await expect(deliver({ fetch: refusing })).rejects.toMatchObject({ code: "refused", retryable: true });
    expect(row.progress).toMatchObject({ stage: "sending", uploaded: {} });
    await expect(deliver({ fetch: refusing })).rejects.toMatchObject({ code: "refused", retryable: false });
    await deliver();
    expect(await authority.statistics()).toMatchObject({ submitted: 1, incomplete: 0 });
  });

  test("and taken over by another worker while it went on arrives once, with the tags of both", async () => {
    let other = Promise.resolve<unknown>(undefined);
    const overtaken: Fetch = async (url, init) => {
      const isFirst = isAttachment(init.method, url) && stage() === "announced";
      // The first upload of this worker hangs: another one delivers up to its submit, then the upload gets through.
      if (isFirst) other = deliver({ fetch: losing("request", isSubmit) }).catch((error: unknown) => error);
      await other;
      return leanFetch(url, init);
    };
    const lost = { lost: false };
    const held = (progress: Progress) => {
      if (stage() === "sending") lost.lost = true;
      return lost.lost ? Promise.reject(new Error("hold lost")) : save(progress);
    };
    // Whoever loses a message was silent for longer than uploads go without being saved.
    let time = Date.now();
    const now = () => (time += 4_000);
    await expect(deliver({ fetch: overtaken, now }, held)).rejects.toThrow("hold lost");
    expect(await other).toMatchObject(again);
    await deliver();
    expect(stage()).toBe("sent");
    expect(await authority.statistics()).toMatchObject({ submitted: 1, incomplete: 0 });
    expect((await authority.open(submissionId())).data).toEqual(Buffer.from(message.data.bytes));
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
  const counting: Fetch = async (url, init) => {
    const answer = await leanFetch(url, init);
    if (isAttachment(init.method, url)) open -= 1;
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
