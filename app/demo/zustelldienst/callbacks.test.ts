import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { authenticate } from "./callbacks.ts";
import { createDesk } from "./test-desk.ts";
import { startReceiver } from "./test-receiver.ts";
import { until } from "./test-world.ts";

const SECRET = "0123456789abcdef0123456789abcdef";
const DAY_MS = 24 * 60 * 60 * 1000;
let clockOffset = 0;
let desk: Awaited<ReturnType<typeof createDesk>>;
let receiver: Awaited<ReturnType<typeof startReceiver>>;

beforeAll(async () => {
  receiver = await startReceiver();
  desk = await createDesk({ now: () => new Date(Date.now() + clockOffset) });
});
beforeEach(async () => {
  receiver.calls.length = 0;
  await desk.fault({ faults: [] });
});
afterAll(async () => {
  receiver.close();
  await desk.world.close();
});

const callback = (path = "/callback") => ({ callback: { url: receiver.url + path, secret: SECRET } });
const arrived = (count: number) => until(() => (receiver.calls.length >= count ? receiver.calls : undefined));
const names = async (caseId: string) => (await desk.log(caseId)).map(({ name }) => name);
const noticed = (caseId: string) =>
  until(async () => ((await names(caseId)).includes("notify-submission") ? true : undefined));
const problems = [{ type: "https://schema.fitko.de/fit-connect/events/problems/technical-error", title: "Nein" }];

describe("the sender is woken", () => {
  test.each(["accept-submission", "reject-submission"])(
    "by notify, forward and %s, each authenticated",
    async (last) => {
      const about = await desk.deliver(callback("/a/b%20c/?d=e&f"));
      await desk.list();
      await arrived(1);
      expect((await desk.say(about, "forward-submission")).status).toBe(204);
      await arrived(2);
      expect((await desk.say(about, last, last.startsWith("reject") ? { problems } : {})).status).toBe(204);
      const calls = await arrived(3);
      const before = ["create-submission", "submit-submission", "notify-submission", "forward-submission"];
      expect(await names(about.caseId)).toEqual([...before, last, "delete-submission"]);
      for (const { path, timestamp, mac, body } of calls) {
        expect(path).toBe("/a/b%20c/?d=e&f");
        expect(mac).toBe(authenticate(SECRET, timestamp, body));
        expect(JSON.parse(body)).toMatchObject({
          type: "https://schema.fitko.de/fit-connect/submission-api/callbacks/new-events",
          submissions: [about],
          caseIds: [about.caseId],
        });
      }
    },
  );

  test("by the delete of a draft that nobody sent", async () => {
    await desk.announce(callback());
    clockOffset = DAY_MS + 60_000;
    await desk.world.call("GET", `/submission-api/v2/destinations/${desk.destinationId}`);
    clockOffset = 0;
    await arrived(1);
  });

  test("on this machine only", async () => {
    const foreign = { callback: { url: "https://onlinedienst.example.org/callback", secret: SECRET } };
    expect((await desk.announce(foreign)).status).toBe(422);
  });
});

describe("a fault of callbacks", () => {
  test("lost-callback sends none, the next one comes", async () => {
    const about = await desk.deliver(callback());
    await desk.fault({ mode: "lost-callback", count: 1 });
    await desk.list();
    await noticed(about.caseId);
    await desk.say(about, "forward-submission");
    const [first] = await arrived(1);
    expect((await desk.world.call("GET", "/simulator/faults")).body).toEqual({ mode: "none", faults: [] });
    await desk.say(about, "accept-submission");
    expect(await arrived(2)).toHaveLength(2);
    expect(first?.path).toBe("/callback");
  });

  test("duplicate-callback sends the same twice", async () => {
    await desk.deliver(callback());
    await desk.fault({ mode: "duplicate-callback", count: 1 });
    await desk.list();
    const [one, two] = await arrived(2);
    expect(two).toEqual(one);
  });

  test("late-notify holds the statement back, even beyond the acceptance", async () => {
    const about = await desk.deliver();
    await desk.fault({ mode: "late-notify", delayMs: 2000, count: 1 });
    await desk.list();
    await desk.list();
    expect((await desk.say(about, "accept-submission")).status).toBe(204);
    await noticed(about.caseId);
    const order = ["create", "submit", "accept", "delete", "notify"].map((event) => `${event}-submission`);
    expect(await names(about.caseId)).toEqual(order);
  });
});
