import { expect, test } from "vitest";
import type { HttpAnswer } from "./http.server.ts";
import { paced } from "./pace.server.ts";

const request = { method: "GET", url: "http://127.0.0.1/x" } as const;

/** A service that answers as it is told, behind the pace; `calls` counts what reached it. */
function service(status: number, headers: Record<string, string>) {
  const state = { status, headers, time: 1_000_000, calls: 0 };
  const http = (): Promise<HttpAnswer> => {
    state.calls += 1;
    return Promise.resolve({ status: state.status, headers: new Headers(state.headers), text: "" });
  };
  return { state, send: paced(http, () => state.time) };
}

test.each([429, 503])("after %i all calls wait for as long as it asked, and none reaches it before", async (status) => {
  const { state, send } = service(status, { "Retry-After": "30" });
  expect(await send(request)).toMatchObject({ status });
  const wait = { code: "rateLimited", retryable: true, retryAfterMs: 30_000 };
  await expect(send(request)).rejects.toMatchObject(wait);
  state.time += 20_000;
  await expect(send(request)).rejects.toMatchObject({ ...wait, retryAfterMs: 10_000 });
  expect(state.calls).toBe(1);
  state.time += 10_000;
  state.status = 200;
  expect(await send(request)).toMatchObject({ status: 200 });
});

test("a pause ends when the clock turns out to have been wrong, and the next one counts from the right time", async () => {
  const { state, send } = service(429, { "Retry-After": "30" });
  await send(request);
  state.time -= 900_000;
  await send(request);
  expect(state.calls).toBe(2);
  await expect(send(request)).rejects.toMatchObject({ code: "rateLimited", retryAfterMs: 30_000 });
});

test("a short pause is waited out", async () => {
  const { state, send } = service(429, { "RateLimit-Reset": "0" });
  await send(request);
  await send(request);
  expect(state.calls).toBe(2);
});

test.each([
  [429, {}],
  [500, { "Retry-After": "30" }],
  [200, { "RateLimit-Reset": "30" }],
])("%i with %j asks for no pause", async (status, headers) => {
  const { state, send } = service(status, headers);
  await send(request);
  await send(request);
  expect(state.calls).toBe(2);
});
