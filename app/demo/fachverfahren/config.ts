import { z } from "zod";
import { decisionMode, isLoopback, jsonText, loopbackHost, port, readSettings } from "../common/settings.ts";

const submissionSchema = z.object({
  schemaUri: z.string().min(1).max(200),
  mimeType: z.enum(["application/json", "application/xml"]),
});

const publicService = z.object({
  identifier: z.string().min(7).max(255),
  name: z.string().min(1),
  regions: z.array(z.string()),
  submissionSchemas: z.array(submissionSchema),
});

const destination = z.object({
  id: z.guid(),
  name: z.string().min(1),
  publicServices: z.array(publicService).min(1),
  contactInformation: z.record(z.string(), z.unknown()).optional(),
});

/** One Zustellpunkt (inbox of an authority) with the services and data schemas it takes. */
export type Destination = z.infer<typeof destination>;

const loopbackUrl = z
  .url()
  .transform((url) => url.replace(/\/+$/, ""))
  .refine(
    (url) => isLoopback(new URL(url).hostname),
    "must be on 127.0.0.1 or localhost (a simulator calls no real service)",
  );

const environment = z
  .object({
    PORT: port(3002),
    HOST: loopbackHost,
    DATA_DIR: z.string().min(1),
    ZUSTELLDIENST_URL: loopbackUrl,
    CLIENT_ID: z.string().min(1),
    CLIENT_SECRET: z.string().min(1),
    DESTINATIONS: jsonText.pipe(z.array(destination).min(1)),
    SCHEMA_DIR: z.string().min(1),
    DECISION: decisionMode.default("accept"),
    POLL_MS: z.coerce.number().int().min(10).max(3_600_000).default(1000),
  })
  .transform((env) => ({
    port: env.PORT,
    host: env.HOST,
    dataDir: env.DATA_DIR,
    zustelldienstUrl: env.ZUSTELLDIENST_URL,
    clientId: env.CLIENT_ID,
    clientSecret: env.CLIENT_SECRET,
    destinations: env.DESTINATIONS,
    schemaDir: env.SCHEMA_DIR,
    decision: env.DECISION,
    pollMs: env.POLL_MS,
  }));

/** Settings of the simulator; `pollMs` in milliseconds. */
export type Config = z.output<typeof environment>;

/** Reads the settings from environment variables; the message names the first wrong variable in one line. */
export const readConfig = (env: Record<string, string | undefined>) => readSettings(environment, env);
