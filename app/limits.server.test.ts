import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { AppLoadContext } from "@remix-run/node";
import { describe, expect, test } from "vitest";
import type { RequestContext } from "#app/http.server.ts";
import { startDraft } from "#app/routes/shared/draft.server.ts";
import { readCode } from "#app/routes/shared/code-form.server.ts";
import { addMember } from "#app/routes/shared/household-acts.server.ts";
import { holderOf } from "#app/store/holder.server.ts";
import { createLimits, WINDOW_SECONDS, type LimitedAct, type Limits } from "#app/limits.server.ts";

/** As much of a request as the limits look at. */
function from(address: string, forwardedFor?: string): IncomingMessage {
  const headers = forwardedFor === undefined ? {} : { "x-forwarded-for": forwardedFor };
  return { headers, socket: { remoteAddress: address } } as unknown as IncomingMessage;
}

type Clock = { limits: Limits; wait: (seconds: number) => void };

function inProduction({ hops = 0, most = 1_000, mode = "production" as "production" | "demo" } = {}): Clock {
  let time = Date.UTC(2026, 10, 21, 9);
  const limits = createLimits({ env: { mode, trustedProxyHops: hops }, now: () => new Date(time), most });
  return { limits, wait: (seconds) => (time += seconds * 1000) };
}

/** How many of `tries` acts are allowed. */
function allowed(limits: Limits, act: LimitedAct, caller: string, tries: number): number {
  return Array.from({ length: tries }, () => limits.take(act, caller)).filter(Boolean).length;
}

/** Whether two requests count as one caller behind so many proxies. */
function same(hops: number, one: IncomingMessage, other: IncomingMessage): boolean {
  const { limits } = inProduction({ hops });
  return limits.callerOf(one) === limits.callerOf(other);
}

describe("an address", () => {
  test("may begin 60 drafts and try 30 codes, and again when the window is over", () => {
    const { limits, wait } = inProduction();
    for (let round = 0; round < 2; round += 1) {
      expect(allowed(limits, "draft", "a", 100)).toBe(60);
      expect(allowed(limits, "code", "a", 100)).toBe(30);
      wait(WINDOW_SECONDS - 1);
      expect(allowed(limits, "code", "a", 5)).toBe(0);
      wait(1);
    }
  });

  test("may open any number of applications with codes that are right", () => {
    const { limits } = inProduction();
    for (let person = 0; person < 500; person += 1) {
      expect(limits.take("code", "a")).toBe(true);
      limits.giveBack("code", "a");
    }
    expect(allowed(limits, "code", "a", 100)).toBe(30);
    limits.giveBack("code", "somebody who was never counted");
  });

  test("may begin 300 uploads", () => {
    expect(allowed(inProduction().limits, "upload", "a", 400)).toBe(300);
  });

  test("may check 60 references and compare 20 names, one receipt is compared with 10", () => {
    const { limits } = inProduction();
    expect((["verify", "holder", "receipt"] as const).map((act) => allowed(limits, act, "a", 100))).toEqual([
      60, 20, 10,
    ]);
    expect(allowed(inProduction({ mode: "demo" }).limits, "receipt", "a", 100)).toBe(10);
  });

  test("does not use up what another one may do", () => {
    const { limits } = inProduction();
    allowed(limits, "code", "a", 100);
    expect(allowed(limits, "code", "b", 1)).toBe(1);
  });

  test("is not held up by rehearsals in the demo", () => {
    expect(allowed(inProduction({ mode: "demo" }).limits, "code", "a", 10_000)).toBe(10_000);
  });

  test("is forgotten first when too many others come, and the newest are not", () => {
    const { limits } = inProduction({ most: 3 });
    for (const caller of ["a", "b", "c", "d"]) allowed(limits, "code", caller, 30);
    expect(limits.take("code", "d")).toBe(false);
    expect(limits.take("code", "b")).toBe(false);
    expect(limits.take("code", "a")).toBe(true);
  });
});

describe("a caller", () => {
  test("is known by the socket, and what the request says counts only behind a trusted proxy", () => {
    expect(same(0, from("203.0.113.7"), from("203.0.113.7", "198.51.100.1"))).toBe(true);
    expect(same(0, from("203.0.113.7"), from("203.0.113.8"))).toBe(false);
    expect(same(1, from("10.0.0.1", "203.0.113.7"), from("10.0.0.1", "203.0.113.8"))).toBe(false);
  });

  test.each([
    [1, "198.51.100.1, 203.0.113.7"],
    [2, "198.51.100.1, 203.0.113.7, 10.0.0.2"],
    [1, "203.0.113.7:50123"],
    [2, "203.0.113.7"],
  ])("behind %i proxies is the entry that the outermost of them wrote: %s", (hops, forwardedFor) => {
    expect(same(hops, from("10.0.0.1", forwardedFor), from("203.0.113.7"))).toBe(true);
  });

  test("is the socket again when the proxy's header holds no address", () => {
    expect(same(1, from("10.0.0.1", "unknown"), from("10.0.0.1"))).toBe(true);
  });

  test.each([
    ["2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true],
    ["2001:db8::1", "2001:db8:0:0:8::", true],
    ["2001:0DB8:0001:0002::1", "2001:db8:1:2::7", true],
    ["2001:db8:1:2::1", "2001:db8:1:3::1", false],
    ["::ffff:203.0.113.7", "203.0.113.7", true],
    ["::ffff:203.0.113.7", "::ffff:203.0.113.8", false],
  ])("%s and %s are one: %s", (one, other, expected) => {
    expect(same(0, from(one), from(other))).toBe(expected);
  });

  test("has a name without the address, another one on another day and in another process", () => {
    const { limits, wait } = inProduction();
    const today = limits.callerOf(from("203.0.113.7"));
    expect(today).toMatch(/^[\w-]{43}$/);
    wait(24 * 3600);
    const tomorrow = limits.callerOf(from("203.0.113.7"));
    expect(new Set([today, tomorrow, inProduction().limits.callerOf(from("203.0.113.7"))]).size).toBe(3);
  });
});

test("further people of a family are counted for the family, not for the address that a whole hall has", async () => {
  const asked: string[] = [];
  const take = (_: string, caller: string) => {
    asked.push(caller);
    return false;
  };
  const context = { app: { limits: { take } }, caller: "the hall" } as unknown as AppLoadContext;
  const household = { code: randomBytes(16), persons: [], taken: new Set<number>() };
  const adding = addMember(context, {} as never, {} as never, { household, choice: { relation: "child" } });
  await expect(adding).rejects.toMatchObject({ init: { status: 429 } });
  expect(asked).toEqual([`family ${holderOf(household.code).id}`]);
});

test("a new draft and a typed code are counted before anything else is done for them", async () => {
  const asked: string[] = [];
  const take = (act: string, caller: string) => {
    asked.push(`${act} of ${caller}`);
    return false;
  };
  const context = { app: { limits: { take } }, caller: "somebody" } as unknown as RequestContext;
  const refused = { init: { status: 429 } };
  await expect(startDraft(context, {} as never, {} as never, { answers: {}, service: null })).rejects.toMatchObject(
    refused,
  );
  await expect(readCode(new Request("http://127.0.0.1/"), context, {} as never)).rejects.toMatchObject(refused);
  expect(asked).toEqual(["draft of somebody", "code of somebody"]);
});
