import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDesk } from "./test-desk.ts";

let desk: Awaited<ReturnType<typeof createDesk>>;

beforeAll(async () => {
  desk = await createDesk();
});
afterAll(() => desk.world.close());

test("messages are counted by their first attachment, drafts not at all, and a restart forgets nothing", async () => {
  const [once, twice, draft, second] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const figures = async () => (await desk.world.call("GET", "/simulator/deliveries")).body;
  expect(await figures()).toEqual({ delivered: 0, repeated: 0, messages: [] });
  await desk.announce({ announcedAttachments: [draft] });
  await desk.deliver({ announcedAttachments: [once] });
  const accepted = await desk.deliver({ announcedAttachments: [twice, second] });
  await desk.say(accepted, "accept-submission");
  await desk.announce({ announcedAttachments: [twice] });
  expect(await figures()).toMatchObject({ delivered: 2, repeated: 0 });
  await desk.deliver({ announcedAttachments: [twice, second] });
  await desk.deliver();
  await desk.deliver();
  const expected = {
    delivered: 4,
    repeated: 1,
    messages: [
      { attachments: [once], submissions: 1 },
      { attachments: [twice, second], submissions: 2 },
      { attachments: [], submissions: 1 },
      { attachments: [], submissions: 1 },
    ],
  };
  expect(await figures()).toEqual(expected);
  await desk.world.restart();
  expect(await figures()).toEqual(expected);
});
