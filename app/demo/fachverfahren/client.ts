import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import type { Destination } from "./config.ts";
import type { PublicJwk } from "./keys.ts";
import { METADATA_VERSIONS } from "./readMetadata.ts";
import { createTokens } from "./token.ts";

const MAX_BODY_BYTES = 64 * 1024 * 1024;
const PAGE_SIZE = 100;
const EVENT_PAGE_SIZE = 500;
const REQUEST_TIMEOUT_MS = 30_000;
const LONGEST_PAUSE_SECONDS = 60;

/** The Zustelldienst did not answer as hoped; `status` is missing when it could not be reached at all. */
export class ZustelldienstError extends Error {
  readonly status: number | undefined;
  constructor(call: string, status?: number, options?: ErrorOptions) {
    super(`${call}: ${status === undefined ? "not reachable" : `answered ${status}`}`, options);
    this.status = status;
  }
}

const reference = z.object({ destinationId: z.guid(), submissionId: z.guid(), caseId: z.guid() });
const referencePage = z.looseObject({ totalCount: z.number(), submissions: z.array(reference) });
const eventPage = z.looseObject({ totalCount: z.number(), eventLog: z.array(z.string()) });
const service = z.looseObject({ identifier: z.string() });
const submission = z
  .looseObject({
    submissionId: z.guid(),
    caseId: z.guid(),
    destinationId: z.guid(),
    publicService: service.optional(),
    serviceType: service.optional(),
    attachments: z.array(z.guid()).nullish(),
    encryptedMetadata: z.string(),
    encryptedData: z.string().nullish(),
  })
  .transform((body) => ({
    submissionId: body.submissionId,
    caseId: body.caseId,
    destinationId: body.destinationId,
    /** Dialect in which the sender announced it; the old one names the service differently. */
    dialect: body.publicService ? ("v2" as const) : ("v1" as const),
    serviceIdentifier: (body.publicService ?? body.serviceType)?.identifier,
    attachments: body.attachments ?? [],
    encryptedMetadata: body.encryptedMetadata,
    encryptedData: body.encryptedData ?? undefined,
  }));
const issuerKeys = z.looseObject({ keys: z.array(z.record(z.string(), z.unknown())) });

/** Where a waiting submission is found. */
export type SubmissionReference = z.infer<typeof reference>;
/** An announced and sent submission, still encrypted. */
export type Submission = z.output<typeof submission>;

/** What a Zustellpunkt is registered with at the portal. */
export type Registration = Pick<Destination, "id" | "name" | "publicServices" | "contactInformation"> & {
  encryptionKid: string;
  keys: PublicJwk[];
};

/** The subscriber's calls of FIT-Connect v2. Every call throws ZustelldienstError when it does not get through. */
export type ZustelldienstClient = ReturnType<typeof createClient>;

type Options = { baseUrl: string; clientId: string; clientSecret: string; signal: AbortSignal };
type Call = { method?: "GET" | "PUT" | "POST"; contentType?: string; body?: string; allow?: readonly number[] };

async function readText(response: Response, call: string): Promise<string> {
  const reader = response.body?.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    size += part.value.byteLength;
    if (size > MAX_BODY_BYTES) {
      await reader?.cancel();
      throw new ZustelldienstError(`${call}: answer too large`, response.status);
    }
    chunks.push(part.value);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Client for one Zustelldienst; `signal` ends all calls when the software closes. */
export function createClient({ baseUrl, clientId, clientSecret, signal }: Options) {
  const tokens = createTokens({ url: `${baseUrl}/token`, clientId, clientSecret, signal });
  const submissionApi = `${baseUrl}/submission-api/v2`;
  let pausedUntil = 0;

  async function send(name: string, url: string, call: Call): Promise<Response> {
    const pause = pausedUntil - Date.now();
    if (pause > 0) await wait(pause, undefined, { signal });
    try {
      return await fetch(url, {
        method: call.method ?? "GET",
        headers: {
          authorization: `Bearer ${await tokens.get()}`,
          "user-agent": "Fachverfahren-Simulator/1.0",
          accept: "application/json",
          ...(call.contentType ? { "content-type": call.contentType } : {}),
        },
        ...(call.body === undefined ? {} : { body: call.body }),
        signal: AbortSignal.any([signal, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]),
      });
    } catch (error) {
      throw new ZustelldienstError(name, undefined, { cause: error });
    }
  }

  async function request(name: string, url: string, call: Call = {}): Promise<{ status: number; body: string }> {
    let response = await send(name, url, call);
    if (response.status === 401) {
      await response.body?.cancel();
      tokens.forget();
      response = await send(name, url, call);
    }
    const { status } = response;
    const body = await readText(response, name);
    if (status === 429 || status === 503) {
      const seconds = Number(response.headers.get("retry-after") ?? response.headers.get("ratelimit-reset") ?? 0);
      if (seconds > 0) pausedUntil = Date.now() + Math.min(seconds, LONGEST_PAUSE_SECONDS) * 1000;
    }
    if (!response.ok && !call.allow?.includes(status)) throw new ZustelldienstError(name, status);
    return { status, body };
  }

  async function read<T>(name: string, url: string, schema: z.ZodType<T>): Promise<T> {
    const { status, body } = await request(name, url);
    try {
      return schema.parse(JSON.parse(body));
    } catch (error) {
      throw new ZustelldienstError(`${name}: unexpected answer`, status, { cause: error });
    }
  }

  return {
    /** Registers or updates a Zustellpunkt (stand-in for the Self-Service-Portal). */
    async registerDestination({ id, ...rest }: Registration): Promise<void> {
      const body = { ...rest, status: "active", metadataVersions: METADATA_VERSIONS };
      await request("register destination", `${baseUrl}/self-service-portal/v2/destinations/${id}`, {
        method: "PUT",
        contentType: "application/json",
        body: JSON.stringify(body),
      });
    },

    /** All submissions that wait for this destination. */
    async listSubmissions(destinationId: string): Promise<SubmissionReference[]> {
      const found: SubmissionReference[] = [];
      for (;;) {
        const query = `destinationId=${destinationId}&offset=${found.length}&limit=${PAGE_SIZE}`;
        const page = await read("list submissions", `${submissionApi}/submissions?${query}`, referencePage);
        found.push(...page.submissions);
        if (page.submissions.length === 0 || found.length >= page.totalCount) return found;
      }
    },

    /** One submission with its encrypted metadata and data. */
    getSubmission(submissionId: string): Promise<Submission> {
      return read("get submission", `${submissionApi}/submissions/${submissionId}`, submission);
    },

    /** The JWE of an attachment, or nothing when it is not there. */
    async getAttachment(submissionId: string, attachmentId: string): Promise<string | undefined> {
      const url = `${submissionApi}/submissions/${submissionId}/attachments/${attachmentId}`;
      const { status, body } = await request("get attachment", url, { allow: [404] });
      return status === 404 ? undefined : body.trim();
    },

    /** The whole event log of a case, oldest first. */
    async getEvents(caseId: string): Promise<string[]> {
      const log: string[] = [];
      for (;;) {
        const url = `${submissionApi}/cases/${caseId}/events?offset=${log.length}&limit=${EVENT_PAGE_SIZE}`;
        const page = await read("get events", url, eventPage);
        log.push(...page.eventLog);
        if (page.eventLog.length === 0 || log.length >= page.totalCount) return log;
      }
    },

    /** Adds a signed SET to a case; false when the Zustelldienst refuses it for good (4xx). */
    async postEvent(caseId: string, jws: string): Promise<boolean> {
      const refusals = [400, 404, 409, 422];
      const { status } = await request("post event", `${submissionApi}/cases/${caseId}/events`, {
        method: "POST",
        contentType: "application/jose",
        body: jws,
        allow: refusals,
      });
      return !refusals.includes(status);
    },

    /** Public keys with which the Zustelldienst signs its own SETs. */
    async getIssuerKeys(): Promise<Record<string, unknown>[]> {
      const url = `${baseUrl}/submission-api/.well-known/jwks.json`;
      return (await read("get issuer keys", url, issuerKeys)).keys;
    },
  };
}
