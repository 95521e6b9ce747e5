import type { z } from "zod";
import { DeliveryError, type DeliveryCode } from "../errors.ts";
import type { HttpAnswer } from "./http.server.ts";
import { SUBMISSION_PROBLEM_PREFIX, submissionProblems } from "./unverified.ts";

const LONGEST_WAIT_MS = 60 * 60 * 1000;

/** Parses a JSON answer. @throws DeliveryError unexpectedAnswer if it is no JSON or has another shape */
export function readJson<T>(answer: HttpAnswer, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(parseJson(answer.text));
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => issue.path.join(".")).join();
  // A maintenance page in place of the service passes; so this may be tried again.
  throw new DeliveryError("unexpectedAnswer", true, {
    cause: new Error(`Unexpected answer, fields: ${fields || "all"}`),
  });
}

/** Whether the service says that it does not know a thing. @throws DeliveryError if only a gateway before it says so */
export function isUnknown(answer: HttpAnswer, now: number): boolean {
  if (answer.status !== 404) return false;
  if (!isFromService(answer)) throw failureOf(answer, now);
  return true;
}

/** What an answer outside of 2xx means for the delivery; decided by status and known slugs only, texts are not trusted. */
export function failureOf(answer: HttpAnswer, now: number): DeliveryError {
  const slug = slugOf(answer);
  const cause = new Error(`HTTP ${answer.status}${slug ? ` ${slug}` : ""}`);
  const retryAfterMs = retryAfterOf(answer.headers, now);
  const later = retryAfterMs === undefined ? { cause } : { cause, retryAfterMs };
  if (answer.status === 429) return new DeliveryError("rateLimited", true, later);
  if (answer.status === 408) return new DeliveryError("timeout", true, later);
  if (answer.status >= 500) return new DeliveryError("unreachable", true, later);
  if (answer.status < 400) return new DeliveryError("unexpectedAnswer", true, { cause });
  if (answer.status === 404 && !isFromService(answer)) return new DeliveryError("unexpectedAnswer", true, { cause });
  if (slug === submissionProblems.destinationStateInvalid) return new DeliveryError("destinationInactive", true, later);
  return new DeliveryError(permanentCode(answer.status, slug), false, { cause });
}

/** Error messages of the service are JSON objects (RFC 7807 or alike); those of gateways are web pages. */
function isFromService(answer: HttpAnswer): boolean {
  const body = parseJson(answer.text);
  return typeof body === "object" && body !== null && !Array.isArray(body);
}

function permanentCode(status: number, slug: string | undefined): DeliveryCode {
  if (slug === submissionProblems.destinationNotFound) return "destinationMismatch";
  if (status === 401) return "unauthorised";
  if (status === 403) return "misconfigured";
  if (status === 413) return "tooLarge";
  return "refused";
}

function slugOf(answer: HttpAnswer): string | undefined {
  const body = parseJson(answer.text);
  if (typeof body !== "object" || body === null || !("type" in body) || typeof body.type !== "string") return undefined;
  if (!body.type.startsWith(SUBMISSION_PROBLEM_PREFIX)) return undefined;
  const slug = body.type.slice(SUBMISSION_PROBLEM_PREFIX.length);
  return /^[a-z0-9-]{1,60}$/.test(slug) ? slug : undefined;
}

/** The pause in milliseconds that an answer asks for, an hour at most. */
export function retryAfterOf(headers: Headers, now: number): number | undefined {
  const waits = [waitOf(headers.get("Retry-After"), now), waitOf(headers.get("RateLimit-Reset"), now)];
  const known = waits.filter((wait) => wait !== undefined);
  return known.length === 0 ? undefined : Math.min(Math.max(...known), LONGEST_WAIT_MS);
}

function waitOf(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
