import { describe, expect, test } from "vitest";
import { z } from "zod";
import { failureOf, readJson } from "./answers.server.ts";

const now = Date.UTC(2026, 10, 21, 12);
const problem = (slug: string) =>
  JSON.stringify({ type: `https://schema.fitko.de/fit-connect/submission-api/problems/${slug}`, title: "Title" });
const answer = (status: number, text = problem("any"), headers: Record<string, string> = {}) => ({
  status,
  text,
  headers: new Headers(headers),
});

describe("An answer", () => {
  const table: readonly [number, string, boolean][] = [
    [204, "unexpectedAnswer", true],
    [400, "refused", false],
    [401, "unauthorised", false],
    [403, "misconfigured", false],
    [404, "refused", false],
    [408, "timeout", true],
    [409, "refused", false],
    [413, "tooLarge", false],
    [415, "refused", false],
    [422, "refused", false],
    [429, "rateLimited", true],
    [500, "unreachable", true],
    [503, "unreachable", true],
  ];
  test.each(table)("of status %i means %s (retry: %s)", (status, code, retryable) => {
    expect(failureOf(answer(status), now)).toMatchObject({ code, retryable });
  });

  test("that the destination is unknown or not active is told apart", () => {
    expect(failureOf(answer(404, problem("destination-not-found")), now)).toMatchObject({
      code: "destinationMismatch",
    });
    const inactive = { code: "destinationInactive", retryable: true };
    expect(failureOf(answer(422, problem("destination-state-invalid")), now)).toMatchObject(inactive);
  });

  test("404 of a gateway is no statement of the service", () => {
    const failure = { code: "unexpectedAnswer", retryable: true };
    expect(failureOf(answer(404, "<h1>Not found</h1>"), now)).toMatchObject(failure);
  });

  test("never puts texts of the other side into the error", () => {
    const text = JSON.stringify({ type: "https://evil.example/x", title: "Erika Mustermann", detail: "Erika" });
    const failure = failureOf(answer(422, text), now);
    expect(`${failure.message} ${String(failure.cause)}`).not.toMatch(/Erika|evil/);
  });

  const waits: readonly [string, Record<string, string>, number | undefined][] = [
    ["nothing", {}, undefined],
    ["seconds", { "Retry-After": "12" }, 12_000],
    ["a date", { "Retry-After": "Sat, 21 Nov 2026 12:01:00 GMT" }, 60_000],
    ["a date in the past", { "Retry-After": "Sat, 21 Nov 2026 11:00:00 GMT" }, 0],
    ["the end of the window", { "RateLimit-Reset": "30" }, 30_000],
    ["both, where the longer counts", { "Retry-After": "5", "RateLimit-Reset": "30" }, 30_000],
    ["a year, which is cut to an hour", { "Retry-After": "31536000" }, 3_600_000],
    ["nonsense", { "Retry-After": "soon" }, undefined],
  ];
  test.each(waits)("that asks to wait for %s is understood", (_name, headers, retryAfterMs) => {
    expect(failureOf(answer(503, problem("any"), headers), now).retryAfterMs).toBe(retryAfterMs);
  });

  test.each(["", "<html></html>", "{}", '{"id":1}', "null"])("of another shape (%s) is not believed", (text) => {
    const read = () => readJson(answer(200, text), z.object({ id: z.string() }));
    expect(read).toThrow(expect.objectContaining({ code: "unexpectedAnswer", retryable: true }));
  });
});
