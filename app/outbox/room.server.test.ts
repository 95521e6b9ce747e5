import { expect, test } from "vitest";
import { createRoom, type Share } from "#app/outbox/room.server.ts";

/** Takes and tells whether it got in at once. */
async function getsIn(share: Share, size: number): Promise<boolean> {
  const outcome = await Promise.race([share.take(size).then(() => true), new Promise((go) => setImmediate(go, false))]);
  return outcome === true;
}

test("what fits is in at once, the next one waits until somebody leaves", async () => {
  const room = createRoom(10);
  const [a, b, c] = [room.share(), room.share(), room.share()];
  expect(await getsIn(a, 4)).toBe(true);
  expect(await getsIn(b, 6)).toBe(true);
  const entered = c.take(1);
  a.leave();
  await entered;
});

test("who takes the next thing has put down the one before", async () => {
  const room = createRoom(10);
  const share = room.share();
  for (const size of [10, 9, 10]) expect(await getsIn(share, size)).toBe(true);
  expect(await getsIn(room.share(), 1)).toBe(false);
});

test("something larger than the room has it for itself", async () => {
  const room = createRoom(10);
  const [large, small] = [room.share(), room.share()];
  expect(await getsIn(large, 1_000)).toBe(true);
  const entered = small.take(1);
  large.leave();
  await entered;
});

test("small ones do not pass a large one that came first", async () => {
  const room = createRoom(10);
  const [first, large, small] = [room.share(), room.share(), room.share()];
  await first.take(5);
  const order: string[] = [];
  const waits = [large.take(9).then(() => order.push("large")), small.take(2).then(() => order.push("small"))];
  first.leave();
  await waits[0];
  large.leave();
  await waits[1];
  expect(order).toEqual(["large", "small"]);
});

test("who leaves while waiting keeps nobody out and is not kept waiting", async () => {
  const room = createRoom(10);
  const [first, impatient, next] = [room.share(), room.share(), room.share()];
  await first.take(10);
  const waiting = impatient.take(10);
  impatient.leave();
  await waiting;
  first.leave();
  expect(await getsIn(next, 10)).toBe(true);
});
