import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DeliveryError, deliveryCodes } from "./errors.ts";
import type { OutboundMessage, Progress, Transport } from "./transport.ts";

/** A transport with the receiver behind it, as the contract needs them. */
export type World = {
  transport: Transport;
  /** As in an authority's file. */
  options: unknown;
  /** A message that this receiver takes; `change` replaces parts. */
  message: (change?: Partial<OutboundMessage>) => OutboundMessage;
  /** Ids of messages that are whole at the receiver; one that is there twice is twice in the list. */
  arrived: () => Promise<readonly string[]>;
  /** Lets the receiver answer a message that arrived. */
  answer: (messageId: string, verdict: "accept" | "reject") => Promise<void>;
  close: () => Promise<void>;
};

/** A transport that never delivers, and how. */
export type FailingWorld = Pick<World, "transport" | "options" | "message">;

const WORD = /^[a-z][A-Za-z0-9-]*(@[a-z]+(:[0-9a-f-]{36})?)?$/;
const PERSON = "Żółć Müßig";

/** Progress goes through JSON, as in the outbox. */
const stored = (progress: Progress) => JSON.parse(JSON.stringify(progress)) as Progress;

/** What a save of the outbox does when another worker has the message by now. */
class Lost extends Error {}

/** Stores what is saved, and fails after the `last`th save, as if the process had died there. */
function rowThatDies(first: Progress, last = Number.POSITIVE_INFINITY) {
  const row = { progress: first, saves: 0 };
  const save = (progress: Progress) => {
    row.progress = stored(progress);
    row.saves += 1;
    return row.saves >= last ? Promise.reject(new Lost("died")) : Promise.resolve();
  };
  return { row, save };
}

function fileOf({ attachments: [first] }: OutboundMessage): OutboundMessage["attachments"][number] {
  if (!first) throw new Error("the world's message has no file");
  return first;
}

/** Every transport that delivers: what the outbox relies on. */
export function describeTransport(name: string, open: () => Promise<World>): void {
  describe(`Contract of transports: ${name}`, () => {
    let world: World;
    beforeAll(async () => {
      world = await open();
    }, 60_000);
    afterAll(() => world.close());

    const deliver = (message: OutboundMessage, progress: Progress, save: (progress: Progress) => Promise<void>) =>
      world.transport.deliver(message, world.options, progress, save);
    const timesArrived = async ({ id }: OutboundMessage) => (await world.arrived()).filter((one) => one === id).length;

    test("options are read from the raw value and from what was read", () => {
      const parsed = world.transport.parseOptions(world.options);
      expect(world.transport.parseOptions(parsed)).toEqual(parsed);
      for (const wrong of [undefined, null, 1, "x", []]) {
        expect(() => world.transport.parseOptions(wrong)).toThrow(DeliveryError);
      }
    });

    test("the self-test sends nothing and speaks in stable words", async () => {
      const before = await world.arrived();
      const { ok, findings } = await world.transport.selfTest(world.options);
      expect(ok).toBe(true);
      for (const finding of findings) expect(finding).toMatch(/^[A-Za-z]+(:[A-Za-z0-9.]+)*$/);
      expect(await world.arrived()).toEqual(before);
    });

    test("a message arrives once, and what is kept says nothing of it", async () => {
      const bytes = new TextEncoder().encode(JSON.stringify({ name: PERSON }));
      const message = world.message();
      const { row, save } = rowThatDies({});
      const file = { ...fileOf(message), id: randomUUID(), filename: `${PERSON}.pdf`, read: async () => bytes };
      const whole = { ...message, attachments: [...message.attachments, file] };
      const progress = stored(await deliver(whole, {}, save));
      expect(row.saves).toBeGreaterThan(0);
      expect(typeof progress["stage"]).toBe("string");
      expect(JSON.stringify([progress, row.progress])).not.toContain("Müßig");
      expect(await timesArrived(whole)).toBe(1);
    });

    test("delivered again from what was kept, it is not sent again", async () => {
      const message = world.message();
      const { save } = rowThatDies({});
      const progress = stored(await deliver(message, {}, save));
      expect(stored(await deliver(message, progress, rowThatDies(progress).save))).toEqual(progress);
      expect(await timesArrived(message)).toBe(1);
    });

    test("whenever the process dies after a save, the next attempt brings the message in once", async () => {
      for (let death = 1; ; death += 1) {
        const message = world.message();
        const { row, save } = rowThatDies({}, death);
        const ended = await deliver(message, {}, save).catch((error: unknown) => error);
        if (!(ended instanceof Lost)) {
          expect(death).toBeGreaterThan(1);
          expect(ended).toHaveProperty("stage");
          return;
        }
        await deliver(message, row.progress, rowThatDies(row.progress).save);
        expect(await timesArrived(message)).toBe(1);
      }
    });

    test("two messages at once do not mix", async () => {
      const messages = [world.message(), world.message()];
      const sent = await Promise.all(messages.map((message) => deliver(message, {}, rowThatDies({}).save)));
      expect(new Set(sent.map((progress) => JSON.stringify(progress))).size).toBe(2);
      for (const message of messages) expect(await timesArrived(message)).toBe(1);
    });

    test("a file that cannot be read is said, and may be tried again", async () => {
      const message = world.message();
      const broken = { ...fileOf(message), read: () => Promise.reject(new Error("disk")) };
      const { save } = rowThatDies({});
      await expect(deliver({ ...message, attachments: [broken] }, {}, save)).rejects.toMatchObject({
        name: "DeliveryError",
        code: "unreadable",
        retryable: true,
      });
      expect(await timesArrived(message)).toBe(0);
    });

    test("kept progress of another shape is an error, and nothing is sent", async () => {
      const message = world.message();
      const odd = { stage: "another" };
      await expect(deliver(message, odd, rowThatDies(odd).save)).rejects.toMatchObject({ code: "unreadable" });
      expect(await timesArrived(message)).toBe(0);
    });

    test.each(["accept", "reject"] as const)("the receiver's %s is heard, each time the same", async (verdict) => {
      const message = world.message();
      const { save } = rowThatDies({});
      const progress = stored(await deliver(message, {}, save));
      const ask = () => world.transport.poll(message.id, world.options, progress);
      const wanted = verdict === "accept" ? "accepted" : "rejected";
      expect((await ask()).map(({ kind }) => kind)).not.toContain(wanted);
      await world.answer(message.id, verdict);
      const said = await ask();
      expect(said.filter(({ kind }) => kind === wanted)).toHaveLength(1);
      expect(await ask()).toEqual(said);
      for (const receipt of said) {
        expect(new Date(receipt.at).toISOString()).toBe(receipt.at);
        const words =
          receipt.kind === "accepted" ? receipt.remarks : receipt.kind === "rejected" ? receipt.reasons : [];
        for (const word of words) expect(word).toMatch(WORD);
      }
    });

    test("of a message that was never sent nothing is heard", async () => {
      expect(await world.transport.poll(randomUUID(), world.options, {})).toEqual([]);
    });
  });
}

/** A transport that never delivers: it fails in known words, whatever it is asked. */
export function describeFailing(name: string, { transport, options, message }: FailingWorld): void {
  describe(`Contract of transports that fail: ${name}`, () => {
    test("each call is refused with a known code, and nothing is kept", async () => {
      const { row, save } = rowThatDies({});
      const calls = [
        transport.deliver(message(), options, {}, save),
        transport.poll(randomUUID(), options, { stage: "sent" }),
      ];
      for (const call of calls) {
        const error: unknown = await call.then(
          () => undefined,
          (cause: unknown) => cause,
        );
        expect(error).toBeInstanceOf(DeliveryError);
        expect(deliveryCodes).toContain((error as DeliveryError).code);
      }
      expect(row.saves).toBe(0);
      expect((await transport.selfTest(options)).ok).toBe(false);
    });

    test("options of another shape are misconfigured", () => {
      for (const wrong of [undefined, null, 1, "x", [], {}]) {
        expect(() => transport.parseOptions(wrong)).toThrow(expect.objectContaining({ code: "misconfigured" }));
      }
    });
  });
}
