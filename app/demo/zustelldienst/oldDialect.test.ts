import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createDesk } from "./test-desk.ts";
import { announcement, encrypt, SERVICE, until } from "./test-world.ts";

let desk: Awaited<ReturnType<typeof createDesk>>;

beforeAll(async () => {
  desk = await createDesk();
});
afterAll(() => desk.world.close());

/** As old clients announce: the service under another name, no region. */
const oldAnnouncement = (announcedAttachments: string[] = []) => ({
  destinationId: desk.destinationId,
  announcedAttachments,
  serviceType: { name: "", identifier: SERVICE },
});

/** As old clients encrypt: compressed, and some without a content type. */
const zipped = (text: string, header: Record<string, unknown> = {}) =>
  encrypt(desk.encryption, text, { zip: "DEF", typ: "JWE", ...header });

describe.each(["/submission-api/v1", "/v1"])("the old dialect at %s", (v1) => {
  test("carries metadata, data and an attachment to a subscriber of either dialect", async () => {
    const { world, sender, subscriber } = desk;
    const attachmentId = randomUUID();
    const json = oldAnnouncement([attachmentId]);
    const announced = await world.call("POST", `${v1}/submissions`, { token: sender, json });
    expect(announced.status).toBe(201);
    const { submissionId, caseId } = announced.body as { submissionId: string; caseId: string };
    const path = `/submissions/${submissionId}`;
    const jose = await zipped("attachment", { cty: undefined });
    const attachment = `${v1}${path}/attachments/${attachmentId}`;
    expect((await world.call("PUT", attachment, { token: sender, jose })).status).toBe(204);
    const parts = { encryptedMetadata: await zipped("{}"), encryptedData: await zipped("{}", { cty: "text/plain" }) };
    expect((await world.call("PUT", v1 + path, { token: sender, json: parts })).status).toBe(200);

    for (const base of [v1, "/submission-api/v2"]) {
      const list = await world.call("GET", `${base}/submissions`, { token: subscriber });
      expect(list.text).toContain(submissionId);
    }
    await until(async () => ((await desk.log(caseId)).length === 3 ? true : undefined));
    for (const base of [v1, "/submission-api/v2"]) {
      const fetched = await world.call("GET", base + path, { token: subscriber });
      const serviceType = { name: "", identifier: SERVICE };
      expect(fetched.body).toEqual({ ...announced.body, serviceType, attachments: [attachmentId], ...parts });
      const file = await world.call("GET", `${base}${path}/attachments/${attachmentId}`, { token: subscriber });
      expect(file.text).toBe(jose);
      const events = await world.call("GET", `${base}/cases/${caseId}/events`, { token: sender });
      expect((await desk.log(caseId)).map(({ jws }) => jws)).toEqual(events.body["eventLog"]);
    }
    const [, submitted] = await desk.log(caseId);
    expect(submitted?.payload).toEqual({
      authenticationTags: {
        metadata: parts.encryptedMetadata.split(".")[4],
        data: parts.encryptedData.split(".")[4],
        attachments: { [attachmentId]: jose.split(".")[4] },
      },
    });
    expect(
      (
        await desk.say(
          { ...announced.body, submissionId, caseId, destinationId: desk.destinationId },
          "accept-submission",
        )
      ).status,
    ).toBe(204);
  });

  test("takes metadata alone", async () => {
    const { world, sender, subscriber } = desk;
    const { body } = await world.call("POST", `${v1}/submissions`, { token: sender, json: oldAnnouncement() });
    const path = `${v1}/submissions/${String(body["submissionId"])}`;
    const json = { encryptedMetadata: await zipped("{}"), encryptedData: null };
    expect((await world.call("PUT", path, { token: sender, json })).status).toBe(200);
    const fetched = await world.call("GET", path, { token: subscriber });
    expect(fetched.body).toMatchObject({ encryptedMetadata: json.encryptedMetadata });
    expect(fetched.body).not.toHaveProperty("encryptedData");
    const [, submitted] = await desk.log(String(body["caseId"]));
    expect(submitted?.payload).toEqual({ authenticationTags: { metadata: json.encryptedMetadata.split(".")[4] } });
  });

  test("shows a destination with its services and its keys without a token", async () => {
    const destination = `${v1}/destinations/${desk.destinationId}`;
    const { body } = await desk.world.call("GET", destination);
    expect(body).toMatchObject({ status: "active", services: [{ identifier: SERVICE }] });
    expect(body).not.toHaveProperty("publicServices");
    const key = await desk.world.call("GET", `${destination}/keys/${String(body["encryptionKid"])}`);
    expect(key.body).toEqual(desk.encryption.jwk);
  });

  test("lets the subscriber, and nobody else, switch its destination", async () => {
    const { world, sender, subscriber } = desk;
    const path = `${v1}/destinations/${desk.destinationId}`;
    const change = (status: string, token: string) => world.call("PATCH", path, { token, json: { status } });
    expect((await change("inactive", sender)).status).toBe(403);
    expect((await change("inactive", await world.token("other-subscriber"))).status).toBe(403);
    expect((await change("asleep", subscriber)).status).toBe(400);
    expect((await change("inactive", subscriber)).body["status"]).toBe("inactive");
    const refused = await world.call("POST", `${v1}/submissions`, { token: sender, json: oldAnnouncement() });
    expect(refused.body).toMatchObject({ status: 422, detail: expect.any(String) });
    expect((await change("active", subscriber)).status).toBe(200);
    expect((await world.call("POST", `${v1}/submissions`, { token: sender, json: oldAnnouncement() })).status).toBe(
      201,
    );
  });

  test("needs a token, a User-Agent and a service like the new one, and knows no other compression", async () => {
    const { world, sender, destinationId } = desk;
    expect((await world.call("POST", `${v1}/submissions`, { json: oldAnnouncement() })).status).toBe(401);
    const silent = { headers: { "User-Agent": "" }, token: sender };
    expect((await world.call("GET", `${v1}/submissions`, silent)).status).toBe(403);
    const json = announcement(destinationId);
    expect((await world.call("POST", `${v1}/submissions`, { token: sender, json })).status).toBe(400);
    const { body } = await world.call("POST", `${v1}/submissions`, { token: sender, json: oldAnnouncement() });
    const path = `${v1}/submissions/${String(body["submissionId"])}`;
    const good = await zipped("{}");
    const [, ...rest] = good.split(".");
    const header = { alg: "RSA-OAEP-256", enc: "A256GCM", kid: desk.encryption.kid, zip: "GZIP" };
    const wrong = [Buffer.from(JSON.stringify(header)).toString("base64url"), ...rest].join(".");
    const answer = await world.call("PUT", path, { token: sender, json: { encryptedMetadata: wrong } });
    expect(answer.body).toMatchObject({ status: 422, title: "Invalid JWE Header 'zip'" });
  });
});

test("the new dialect still refuses what only the old one allows", async () => {
  const { world, sender } = desk;
  const v2 = "/submission-api/v2/submissions";
  expect((await world.call("POST", v2, { token: sender, json: oldAnnouncement() })).status).toBe(400);
  const { body } = await desk.announce();
  const path = `${v2}/${String(body["submissionId"])}`;
  const json = { encryptedMetadata: await zipped("{}"), encryptedData: await zipped("{}") };
  expect((await world.call("PUT", path, { token: sender, json })).status).toBe(422);
  const alone = { encryptedMetadata: await encrypt(desk.encryption, "{}") };
  expect((await world.call("PUT", path, { token: sender, json: alone })).status).toBe(422);
});

test("the keys of the statements lie beside the address that old clients know", async () => {
  const known = await desk.world.call("GET", "/submission-api/.well-known/jwks.json");
  expect((await desk.world.call("GET", "/.well-known/jwks.json")).body).toEqual(known.body);
});
