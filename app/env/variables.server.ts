import { z } from "zod";
import { senderOf } from "#app/env/sender.ts";
import { isIsoDate } from "#flows/engine/dates.ts";

function isOrigin(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && url.origin === text;
}

function isServiceUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && !url.search && !url.hash && !url.username;
}

function isSmtpUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && /^smtps?:$/.test(url.protocol) && url.hostname !== "" && /^\/?$/.test(url.pathname);
}

function isSender(text: string): boolean {
  return senderOf(text) !== undefined;
}

const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,5}$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be a whole number from ${least} to ${most}`);

const serviceUrl = z
  .string()
  .refine(isServiceUrl, "must be an address that begins with https:// (in demo also http://)")
  .transform((text) => text.replace(/\/+$/, ""));

const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.enum(words, { error: `must be one of ${words.join(", ")}` });

/** Every variable the service reads, with its default; the descriptions stand in docs/operation.md. */
export const variables = z.object({
  MODE: oneOf(["demo", "production"]).default("demo"),
  PORT: whole(1, 65_535).default(3000),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:-]+$/, "must be an IP address or a host name, without port and scheme")
    .default("127.0.0.1"),
  PUBLIC_URL: z
    .string()
    .transform((text) => text.replace(/\/$/, ""))
    .refine(isOrigin, "must be scheme and host alone, for example https://aufenthalt.example.org")
    .optional(),
  CONFIG_ENV: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, "must name a folder below config/environments")
    .default("demo"),
  DATA_DIR: z.string().default(".data"),
  KEYS_DIR: z.string().optional(),
  DATABASE_URL: z
    .string()
    .refine((text) => URL.canParse(text) && /^postgres(ql)?:/.test(text), "must begin with postgresql://")
    .optional(),
  CLOCK: z.string().refine(isIsoDate, "must be a date of the calendar, YYYY-MM-DD").optional(),
  LOG_LEVEL: oneOf(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  TRUSTED_PROXY: whole(0, 10).default(0),
  WORKER: oneOf(["on", "off"]).default("on"),
  IMAGE_WORKERS: whole(1, 16).default(2),
  IMAGE_MEMORY_MB: whole(256, 8_192).default(768),
  IMAGE_TIMEOUT_SECONDS: whole(5, 120).default(30),
  FITCONNECT_TOKEN_URL: serviceUrl.optional(),
  FITCONNECT_SUBMISSION_URL: serviceUrl.optional(),
  FITCONNECT_DESTINATION_URL: serviceUrl.optional(),
  // Compared with the "iss" of signed events letter by letter, so it stays as it was written.
  FITCONNECT_ISSUER: z.string().optional(),
  FITCONNECT_CLIENT_ID: z.string().optional(),
  FITCONNECT_CLIENT_SECRET: z.string().optional(),
  FITCONNECT_ROUTING_URL: serviceUrl.optional(),
  FITCONNECT_PORTAL_URL: serviceUrl.optional(),
  FITCONNECT_ALLOW_KEY_WITHOUT_CERT: oneOf(["yes", "no"]).default("no"),
  FITCONNECT_ROOTS: z.string().optional(),
  FITCONNECT_REVOCATION: oneOf(["required", "preferred"]).default("required"),
  FITCONNECT_REVOCATION_HOSTS: z
    .string()
    .regex(/^[A-Za-z0-9.:-]+(, *[A-Za-z0-9.:-]+)*$/, "must be host names, separated by commas")
    .transform((text) => text.toLowerCase().split(/, */))
    .optional(),
  GATEWAYS: z.string().optional(),
  // Compared with the "iss" of logins, so it stays as it was written.
  STAFF_ISSUER: z
    .string()
    .refine(isServiceUrl, "must be the issuer of the login service, an address that begins with https://")
    .optional(),
  STAFF_CLIENT_ID: z.string().optional(),
  STAFF_CLIENT_SECRET: z.string().optional(),
  SMTP_URL: z
    .string()
    .refine(isSmtpUrl, "must be smtp://user:password@host:port or smtps://user:password@host:port")
    .optional(),
  MAIL_FROM: z
    .string()
    .refine(isSender, "must be an e-mail address, or a name with one: Aufenthalt Online <post@example.org>")
    .optional(),
});
