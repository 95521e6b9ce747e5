import { randomUUID } from "node:crypto";
import { DeliveryError } from "#app/connector/errors.ts";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { fitConnect } from "./adapter.server.ts";
import { startAuthority, type TestAuthority } from "./authority.testing.ts";
import type { FitConnectConfig } from "./config.server.ts";
import { sha512 } from "./encrypt.server.ts";
import { makeKey } from "./keys.testing.ts";
import { makeMessage, makeRow } from "./message.testing.ts";
import { leanFetch, type Fetch } from "./leanFetch.server.ts";

let authority: TestAuthority;
beforeAll(async () => {
  authority = await startAuthority();
});
afterEach(async () => {
  await authority.setFault("none");
  await authority.register();
});
afterAll(() => authority.close());

/** Sends a fresh message and hands back everything about it. */
async function send(change: Partial<FitConnectConfig> = {}, message = makeMessage()) {
  const transport = fitConnect(authority.config(change));
  const options = { destinationId: authority.destinationId };
  const { row, save } = makeRow();
  await transport.deliver(message, options, {}, save);
  const { submissionId, caseId } = row.progress as { submissionId: string; caseId: string };
  return { message, row, submissionId, caseId, poll: () => transport.poll(message.id, options, row.progress) };
}

describe("An application", () => {
  test("arrives as it was filed and is taken over", async () => {
    const { message, row, submissionId, caseId, poll } = await send();
    expect(row.stages).toEqual(["announced", "announced", "sending", "sent"]);

    expect(await authority.list()).toContainEqual(expect.objectContaining({ submissionId, caseId }));
    const received = await authority.open(submissionId);
    expect(received.data).toEqual(Buffer.from(message.data.bytes));
    expect(received.metadata).toMatchObject({
      contentStructure: {
        data: { hash: { content: sha512(received.data) } },
        attachments: message.attachments.map(({ id, purpose }) => ({
          attachmentId: id,
          purpose,
          hash: { content: sha512(received.attachments[id]!) },
        })),
      },
      additionalReferenceInfo: { senderReference: "AO-2026-0001", applicationDate: "2026-11-21" },
    });

    const problems = [
      { slug: "own-word", title: "Herr Müßig ist unbekannt" },
      { slug: "hash-mismatch", title: "Datei", instance: `attachment:${message.attachments[1]!.id}` },
      { slug: "hash-mismatch", title: "Datei", instance: "attachment:Pass von Herrn Müßig" },
    ];
    await authority.say({ submissionId, caseId }, "accept-submission", problems);
    const receipts = await poll();
    expect(receipts.map(({ kind }) => kind)).toEqual(["pickedUp", "accepted"]);
    expect(receipts[1]).toMatchObject({
      remarks: ["other@data", `hash-mismatch@attachment:${message.attachments[1]!.id}`, "hash-mismatch"],
      proof: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
    });
  });

  test("that is rejected comes back with stable reasons", async () => {
    const { submissionId, caseId, poll } = await send({}, makeMessage({ attachments: [] }));
    await authority.list();
    await authority.say({ submissionId, caseId }, "reject-submission", [{ slug: "schema-violation", title: "Schema" }]);
    expect((await poll()).at(-1)).toMatchObject({ kind: "rejected", reasons: ["schema-violation@data"] });
  });

  test("leaves nothing personal in the stored progress", async () => {
    const { row } = await send();
    const where = ["announcedAt", "attachmentIds", "caseId", "destinationId", "proof", "stage", "submissionId"];
    expect(Object.keys(row.progress).toSorted()).toEqual([...where, "tags", "triedTags", "uploaded"]);
    expect(JSON.stringify(row.progress)).not.toMatch(/Müßig|Antrag|Pass/);
  });

  test("uses the new key after the authority changed it", async () => {
    const next = await makeKey("kid-encryption-2", "encrypt");
    await authority.register({
      encryptionKid: next.kid,
      keys: [authority.encryption.jwk, authority.signature.jwk, next.jwk],
    });
    const { submissionId, message } = await send();
    expect((await authority.open(submissionId, next)).data).toEqual(Buffer.from(message.data.bytes));
  });

  test("that was not sent yet has no receipts", async () => {
    const transport = fitConnect(authority.config());
    expect(await transport.poll("unused", { destinationId: authority.destinationId }, {})).toEqual([]);
  });
});

describe("A token", () => {
  test("that the service no longer takes is replaced once", async () => {
    let tokens = 0;
    const { row } = await send({
      fetch: async (url, init) => {
        if (!url.endsWith("/token")) return leanFetch(url, init);
        tokens += 1;
        if (tokens > 1) return leanFetch(url, init);
        return Response.json({ access_token: "revoked", token_type: "Bearer", expires_in: 1800 });
      },
    });
    expect(row.progress).toMatchObject({ stage: "sent" });
    expect(tokens).toBe(2);
  });

  test("is asked for once for a whole delivery and again a minute before it ends", async () => {
    let tokens = 0;
    let time = Date.now();
    const transport = fitConnect(
      authority.config({
        now: () => time,
        fetch: async (url, init) => {
          if (url.endsWith("/token")) tokens += 1;
          return leanFetch(url, init);
        },
      }),
    );
    const options = { destinationId: authority.destinationId };
    await transport.deliver(makeMessage(), options, {}, makeRow().save);
    expect(tokens).toBe(1);
    time += 1739_000;
    expect(await transport.selfTest(options)).toEqual({ ok: true, findings: [] });
    expect(tokens).toBe(1);
    time += 2_000;
    await transport.selfTest(options);
    expect(tokens).toBe(2);
  });

  test("is refused for a wrong secret, which no repetition heals", async () => {
    await expect(send({ clientSecret: "wrong" })).rejects.toMatchObject({ code: "unauthorised", retryable: false });
  });
});

describe("A Zustelldienst", () => {
  test("that is down is tried again after the pause it asks for", async () => {
    await authority.setFault("down", { delayMs: 7000 });
    const failure = { code: "unreachable", retryable: true, retryAfterMs: 7000 };
    await expect(send()).rejects.toMatchObject(failure);
  });

  test("that limits calls is tried again after the pause it asks for", async () => {
    await authority.setFault("rate-limit", { delayMs: 9000 });
    const failure = { code: "rateLimited", retryable: true, retryAfterMs: 9000 };
    await expect(send()).rejects.toMatchObject(failure);
  });

  test("that does not answer in time is given up for now", async () => {
    await authority.setFault("slow", { delayMs: 60_000 });
    await expect(send({ timeoutMs: 50 })).rejects.toMatchObject({ code: "timeout", retryable: true });
  });

  test("that cannot be reached at all is tried again", async () => {
    const tokenUrl = "http://127.0.0.1:9/token";
    await expect(send({ tokenUrl })).rejects.toMatchObject({ code: "unreachable", retryable: true });
  });

  test("that answers with a web page is not believed", async () => {
    await authority.setFault("nonsense");
    await expect(send()).rejects.toMatchObject({ code: "unexpectedAnswer", retryable: true });
  });

  test("that states other content than ours raises an alarm and never counts as delivered", async () => {
    await authority.setFault("lying", { count: 1 });
    const transport = fitConnect(authority.config());
    const options = { destinationId: authority.destinationId };
    const { row, save } = makeRow();
    const message = makeMessage();
    const alarm = { code: "tagMismatch", retryable: false };
    await expect(transport.deliver(message, options, {}, save)).rejects.toMatchObject(alarm);
    expect(row.progress).toMatchObject({ stage: "sending" });
    await expect(transport.deliver(message, options, row.progress, save)).rejects.toMatchObject(alarm);
  });

  test("that calls itself by another name than configured is not believed", async () => {
    const failure = { code: "invalidStatement", retryable: true };
    await expect(send({ issuer: "https://other.example/submission-api" })).rejects.toMatchObject(failure);
  });

  test("whose statements carry a foreign signature is not believed", async () => {
    await authority.setFault("foreign-key");
    await expect(send()).rejects.toMatchObject({ code: "invalidStatement", retryable: true });
  });
});

describe("A destination", () => {
  const refused: readonly [string, object, object][] = [
    ["that is not active", { status: "inactive" }, { code: "destinationInactive", retryable: true }],
    ["that takes older metadata only", { metadataVersions: ["1.0.0"] }, { code: "destinationMismatch" }],
  ];
  test.each(refused)("%s gets nothing", async (_name, change, failure) => {
    await authority.register(change);
    await expect(send()).rejects.toMatchObject(failure);
  });

  test("of another region, service or schema gets nothing", async () => {
    const mismatch = { code: "destinationMismatch", retryable: false };
    await expect(send({}, makeMessage({ ars: "091880000000" }))).rejects.toMatchObject(mismatch);
    const service = { leika: "99010028000001", name: "Andere Leistung" };
    await expect(send({}, makeMessage({ service }))).rejects.toMatchObject(mismatch);
    const { data } = makeMessage();
    const other = makeMessage({ data: { ...data, schemaUri: "https://schema.example.org/other" } });
    await expect(send({}, other)).rejects.toMatchObject(mismatch);
  });

  test("without a certificate gets nothing where certificates are required", async () => {
    const failure = { code: "keyRefused", retryable: false };
    await expect(send({ allowKeyWithoutCertificate: false })).rejects.toMatchObject(failure);
  });

  test("that nobody knows is found by the self test", async () => {
    const transport = fitConnect(authority.config());
    const options = { destinationId: "00e6a3b1-46a8-4bd5-8c8f-4e8a5b2f9c11" };
    expect(await transport.selfTest(options)).toEqual({ ok: false, findings: ["destination:destinationMismatch"] });
  });

  test("is compared with the schema of the authority's file by the self test", async () => {
    const transport = fitConnect(authority.config());
    const options = { destinationId: authority.destinationId, schemaUri: "https://schema.example.org/other" };
    expect(await transport.selfTest(options)).toEqual({ ok: false, findings: ["destination:schemaNotOffered"] });
  });
});

test.each([
  ["as its reader says, for good", new DeliveryError("unreadable", false), false],
  ["for a reason that may pass", new Error("too many open files"), true],
])(
  "a file that cannot be read, %s, stops the delivery before anything is submitted",
  async (_why, error, retryable) => {
    const [file] = makeMessage().attachments;
    const broken = { ...file!, read: () => Promise.reject(error) };
    const { submitted } = await authority.statistics();
    const failure = { code: "unreadable", retryable };
    await expect(send({}, makeMessage({ attachments: [broken] }))).rejects.toMatchObject(failure);
    expect((await authority.statistics()).submitted).toBe(submitted);
  },
);

const GB = 1_000_000_000;
test.each([
  ["one file", [0.4 * GB]],
  ["all files together", Array.from({ length: 8 }, () => 0.3 * GB)],
])("a message whose size is known to be too large, %s, is refused before the first call", async (_what, sizes) => {
  const [file] = makeMessage().attachments;
  const attachments = sizes.map((size) => ({ ...file!, id: randomUUID(), size }));
  const calls: string[] = [];
  const watched: Fetch = async (url, init) => {
    calls.push(url);
    return leanFetch(url, init);
  };
  const failure = { code: "tooLarge", retryable: false };
  await expect(send({ fetch: watched }, makeMessage({ attachments }))).rejects.toMatchObject(failure);
  expect(calls).toEqual([]);
});
