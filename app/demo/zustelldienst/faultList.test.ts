import { randomUUID } from "node:crypto";
import { createLocalJWKSet, jwtVerify } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createFaults } from "./faults.ts";
import { FAULT_MODES } from "./faultModes.ts";
import { createDesk } from "./test-desk.ts";

let desk: Awaited<ReturnType<typeof createDesk>>;

beforeAll(async () => {
  desk = await createDesk();
});
beforeEach(() => desk.fault({ faults: [] }));
afterAll(() => desk.world.close());

const inForce = async () => (await desk.world.call("GET", "/simulator/faults")).body;
const look = () => desk.world.call("GET", `/submission-api/v2/destinations/${desk.destinationId}`);
const names = async (caseId: string) => (await desk.log(caseId)).map(({ name }) => name);

async function isSound(jws: string | undefined): Promise<boolean> {
  const { body } = await desk.world.call("GET", "/submission-api/.well-known/jwks.json");
  return jwtVerify(jws ?? "", createLocalJWKSet(body as { keys: [] })).then(
    () => true,
    () => false,
  );
}

describe("the switch for faults", () => {
  test("holds several faults at once, each with its own number of strikes", async () => {
    const faults = [
      { mode: "inactive", count: 2 },
      { mode: "expired-token", count: 1 },
    ];
    expect((await desk.fault({ faults })).body).toEqual({ ...faults[0], faults });
    expect((await desk.announce()).status).toBe(401);
    expect((await desk.announce()).status).toBe(422);
    expect((await look()).body["status"]).toBe("inactive");
    expect(await inForce()).toEqual({ mode: "none", faults: [] });
    expect((await look()).body["status"]).toBe("active");
  });

  test("replaces everything by a body with one mode, as it always did", async () => {
    await desk.fault({ faults: [{ mode: "inactive" }, { mode: "lying" }] });
    expect((await desk.fault({ mode: "slow", delayMs: 1 })).body).toMatchObject({ mode: "slow", delayMs: 1 });
    expect(await inForce()).toMatchObject({ faults: [{ mode: "slow", delayMs: 1 }] });
    await desk.fault({ mode: "none" });
    expect(await inForce()).toEqual({ mode: "none", faults: [] });
  });

  test.each([
    { faults: [{ mode: "explode" }] },
    { faults: [{ mode: "down", probability: 2 }] },
    { faults: "down" },
    { mode: "down", count: 0 },
  ])("refuses %j and changes nothing", async (wrong) => {
    await desk.fault({ mode: "lying" });
    expect((await desk.fault(wrong)).status).toBe(400);
    expect(await inForce()).toMatchObject({ mode: "lying" });
  });

  test("lets a fault strike as likely as asked, without using it up otherwise", () => {
    const draws = [0.3, 0.29, 0.9];
    const faults = createFaults(() => draws.shift() ?? 0);
    faults.set([{ mode: "down", probability: 0.3, count: 1 }]);
    expect(faults.take("down")).toBeUndefined();
    expect(faults.take("slow")).toBeUndefined();
    expect(faults.take("down")).toMatchObject({ mode: "down" });
    expect(faults.inForce()).toEqual([]);
  });

  test("is a form on the start page, which a foreign page cannot send", async () => {
    const send = (form: Record<string, string>, headers: Record<string, string>) =>
      fetch(`${desk.world.url()}/simulator/faults`, {
        method: "POST",
        body: new URLSearchParams(form),
        headers,
        redirect: "manual",
      });
    const own = { origin: desk.world.url() };
    const form = { mode: "late-notify", delayMs: "250", count: "", probability: "0,5" };
    expect((await send(form, { origin: "http://evil.example" })).status).toBe(403);
    expect((await send(form, {})).status).toBe(403);
    expect((await send(form, own)).status).toBe(303);
    expect((await send({ mode: "lying", count: "3" }, own)).status).toBe(303);
    expect((await send({ mode: "lying", count: "many" }, own)).status).toBe(400);
    expect(await inForce()).toMatchObject({
      faults: [
        { mode: "late-notify", delayMs: 250, probability: 0.5 },
        { mode: "lying", count: 3 },
      ],
    });
    const { text } = await desk.world.call("GET", "/");
    expect(text).toMatch(/late-notify<\/th><td>250&nbsp;ms<\/td><td>unbegrenzt<\/td><td>0.5/);
    for (const sentence of Object.values(FAULT_MODES)) expect(text).toContain(sentence);
    expect((await send({ mode: "none" }, own)).status).toBe(303);
    expect(await inForce()).toMatchObject({ faults: [] });
  });
});

describe("a connection that breaks", () => {
  test("with cut-request, before anything is done", async () => {
    const before = (await desk.world.call("GET", "/simulator/statistics")).body;
    await desk.fault({ mode: "cut-request", count: 1 });
    await expect(desk.announce()).rejects.toThrow("fetch failed");
    expect((await desk.world.call("GET", "/simulator/statistics")).body).toEqual(before);
    expect((await desk.announce()).status).toBe(201);
  });

  test("with lose-announce, after the announcement", async () => {
    const count = async () => {
      const { body } = await desk.world.call("GET", "/simulator/statistics");
      return (body as { submissions: { incomplete: number } }).submissions.incomplete;
    };
    const before = await count();
    await desk.fault({ mode: "lose-announce", count: 1 });
    await expect(desk.announce()).rejects.toThrow("fetch failed");
    expect(await count()).toBe(before + 1);
  });

  test("with lose-upload, after the attachment was stored", async () => {
    const id = randomUUID();
    const { body } = await desk.announce({ announcedAttachments: [id] });
    const submissionId = String(body["submissionId"]);
    await desk.fault({ mode: "lose-upload", count: 1 });
    await expect(desk.upload(submissionId, id)).rejects.toThrow("fetch failed");
    expect((await desk.put(submissionId)).status).toBe(200);
  });
});

describe("an event log that reads wrong", () => {
  test("with wrong-tags, under a good signature, to the sender and once", async () => {
    const { caseId } = await desk.deliver();
    const right = (await desk.log(caseId, desk.subscriber))[1];
    await desk.fault({ mode: "wrong-tags", count: 1 });
    expect((await desk.log(caseId, desk.subscriber))[1]).toEqual(right);
    const wrong = (await desk.log(caseId))[1];
    expect(wrong?.name).toBe("submit-submission");
    expect(wrong?.payload).not.toEqual(right?.payload);
    expect(await isSound(wrong?.jws)).toBe(true);
    expect((await desk.log(caseId))[1]).toEqual(right);
  });

  test("with wrong-signature, with the right content", async () => {
    const { caseId } = await desk.deliver();
    const right = await desk.log(caseId);
    await desk.fault({ mode: "wrong-signature", count: 1 });
    const wrong = await desk.log(caseId);
    expect(wrong.map(({ name, payload }) => ({ name, payload }))).toEqual(
      right.map(({ name, payload }) => ({ name, payload })),
    );
    expect(await isSound(wrong[1]?.jws)).toBe(false);
    expect(await isSound((await desk.log(caseId))[1]?.jws)).toBe(true);
  });

  test("with missing-statement, without the submit that happened", async () => {
    const { body } = await desk.announce();
    const caseId = String(body["caseId"]);
    await desk.fault({ mode: "missing-statement", count: 1 });
    expect(await names(caseId)).toEqual(["create-submission"]);
    await desk.put(String(body["submissionId"]));
    expect(await names(caseId)).toEqual(["create-submission"]);
    expect(await names(caseId)).toEqual(["create-submission", "submit-submission"]);
  });
});
