import { randomUUID } from "node:crypto";
import type { Hono } from "hono";
import { z } from "zod";
import { jsonBody, mediaType, only, refused, type AppContext, type AppEnv } from "./access.ts";
import type { ApiVersion, SubmissionApi } from "./apis.ts";
import { checkCallbackTarget } from "./callbacks.ts";
import { textStream } from "./contents.ts";
import { checkJweHeader, type JweExpectation } from "./jwe.ts";
import { announce, send } from "./lifecycle.ts";
import { callbackTarget, namedService, type Destination, type StoredJwe, type Submission } from "./model.ts";
import { pass, problemResponse, refuse, type Outcome } from "./problems.ts";
import type { Service } from "./service.ts";
import { cutOff } from "./strikes.ts";
import type { Caller } from "./tokens.ts";

const MAXIMUM_ATTACHMENTS = 100;
const MAXIMUM_SUBMISSION_LENGTH = 2 * 1024 * 1024 * 1024;
const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

const commonParts = z.object({
  destinationId: z.string(),
  announcedAttachments: z.array(z.string()),
  region: z.string().optional(),
  caseId: z.string().optional(),
  callback: callbackTarget.nullish(),
});

type Announcement = z.infer<typeof commonParts> & { publicService: z.infer<typeof namedService>; version: ApiVersion };

/** Announcements of both dialects in one shape; they name the service differently. */
const announcements = {
  v1: commonParts
    .extend({ serviceType: namedService })
    .transform(({ serviceType, ...rest }) => ({ ...rest, publicService: serviceType, version: "v1" as const })),
  v2: commonParts
    .extend({ publicService: namedService })
    .transform((wanted) => ({ ...wanted, version: "v2" as const })),
} satisfies Record<ApiVersion, z.ZodType<Announcement>>;

const sentParts = z.object({ encryptedMetadata: z.string().nullish(), encryptedData: z.string().nullish() });

/** The sender's side: announce, upload attachments, send. */
export function addSenderRoutes(app: Hono<AppEnv>, service: Service, { base, version }: SubmissionApi): void {
  app.post(
    `${base}/submissions`,
    only("sender", async (c, caller) => {
      const body = await jsonBody(c);
      if (!body.ok) return refused(body);
      const parsed = announcements[version].safeParse(body.value);
      if (!parsed.success) {
        const places = parsed.error.issues.map((issue) => issue.path.join("."));
        return problemResponse({ slug: "malformed-request", detail: `missing or malformed: ${places.join(", ")}` });
      }
      const caseId = parsed.data.caseId ?? randomUUID();
      return service.locks(caseId, async () => {
        const draft = draftOf(service, parsed.data, caseId, caller);
        if (!draft.ok) return refused(draft);
        await announce(service, draft.value);
        cutOff(c, service, "lose-announce");
        const { submissionId, destinationId } = draft.value;
        return c.json({ submissionId, caseId, destinationId }, 201);
      });
    }),
  );

  app.put(
    `${base}/submissions/:submissionId/attachments/:attachmentId`,
    only("sender", (c, caller) => putAttachment(c, service, caller, version)),
  );

  app.put(
    `${base}/submissions/:submissionId`,
    only("sender", (c, caller) => putSubmission(c, service, caller, version)),
  );
}

function draftOf(service: Service, wanted: Announcement, caseId: string, caller: Caller): Outcome<Submission> {
  const destination = service.store.destination(wanted.destinationId);
  if (!destination) return refuse("destination-not-found");
  const isActive = destination.status === "active" && !service.faults.take("inactive");
  if (!isActive) return refuse("destination-state-invalid");
  if (!offers(destination, wanted.publicService.identifier, wanted.region)) return refuse("service-not-offered");
  const ids = wanted.announcedAttachments;
  if (ids.length > MAXIMUM_ATTACHMENTS) return refuse("announced-attachments-invalid", "at most 100 attachments");
  if (!ids.every((id) => UUID_V4.test(id)))
    return refuse("announced-attachments-invalid", "UUIDs of version 4 required");
  if (new Set(ids.map((id) => id.toLowerCase())).size !== ids.length) {
    return refuse("announced-attachments-invalid", "the same id twice");
  }
  const callback = checkCallbackTarget(wanted.callback);
  if (!callback.ok) return callback;
  const joined = joinedCase(service, wanted, caller);
  if (!joined.ok) return joined;
  return pass({
    submissionId: randomUUID(),
    caseId,
    destinationId: destination.destinationId,
    clientId: caller.clientId,
    publicService: wanted.publicService,
    dialect: wanted.version,
    ...(wanted.region ? { region: wanted.region } : {}),
    ...(wanted.callback ? { callback: wanted.callback } : {}),
    announced: ids,
    announcedKid: destination.encryptionKid,
    attachments: {},
    state: "incomplete",
    createdAt: service.now().getTime(),
    notified: false,
  });
}

/** Whether an entry of the destination names the service and, if a region is given, a region that covers it. */
function offers(destination: Destination, identifier: string, region: string | undefined): boolean {
  return destination.publicServices
    .filter((entry) => entry.identifier === identifier)
    .some((entry) => region === undefined || entry.regions.some((covered) => region.startsWith(covered)));
}

function joinedCase(service: Service, wanted: Announcement, caller: Caller): Outcome<true> {
  if (wanted.caseId === undefined) return pass(true);
  const known = service.store.caseOf(wanted.caseId);
  if (!known) return refuse("case-not-found");
  if (known.clientId !== caller.clientId) return refuse("foreign-client");
  return known.destinationId === wanted.destinationId ? pass(true) : refuse("case-mismatch");
}

/** The draft the sender may still change. */
function openDraft(service: Service, caller: Caller, submissionId: string): Outcome<Submission> {
  const found = service.store.submission(submissionId);
  if (!found || found.state === "dropped") return refuse("submission-not-found");
  if (found.clientId !== caller.clientId) return refuse("foreign-client");
  return found.state === "incomplete" ? pass(found) : refuse("submission-already-sent");
}

/** Keys a draft may be encrypted for: the one in force at the announcement and the one in force now. */
function kidsOf(service: Service, draft: Submission): string[] {
  const current = service.store.destination(draft.destinationId)?.encryptionKid;
  return current ? [draft.announcedKid, current] : [draft.announcedKid];
}

async function putAttachment(c: AppContext, service: Service, caller: Caller, version: ApiVersion): Promise<Response> {
  const submissionId = c.req.param("submissionId") ?? "";
  const attachmentId = c.req.param("attachmentId") ?? "";
  const draft = openDraft(service, caller, submissionId);
  if (!draft.ok) return refused(draft);
  if (!draft.value.announced.includes(attachmentId)) return problemResponse({ slug: "attachment-not-announced" });
  if (mediaType(c) !== "application/jose") {
    return problemResponse({ slug: "unsupported-media-type", detail: "application/jose required" });
  }
  const stored = await receive(service, c.req.raw.body, { kids: kidsOf(service, draft.value), version });
  if (!stored.ok) return refused(stored);
  return service.locks(draft.value.caseId, async () => {
    const current = openDraft(service, caller, submissionId);
    const fits = current.ok && fitsSize(current.value, attachmentId, stored.value);
    if (!current.ok || !fits) {
      await service.contents.remove([stored.value.file]);
      return current.ok ? problemResponse({ slug: "payload-too-large", detail: "at most 2 GB" }) : refused(current);
    }
    const replaced = current.value.attachments[attachmentId];
    const attachments = { ...current.value.attachments, [attachmentId]: stored.value };
    await service.store.commit({ type: "submission", value: { ...current.value, attachments } });
    if (replaced) await service.contents.remove([replaced.file]);
    cutOff(c, service, "lose-upload");
    return c.body(null, 204);
  });
}

function fitsSize(draft: Submission, attachmentId: string, added: StoredJwe): boolean {
  const others = Object.entries(draft.attachments).filter(([id]) => id !== attachmentId);
  return others.reduce((sum, [, stored]) => sum + stored.size, added.size) <= MAXIMUM_SUBMISSION_LENGTH;
}

async function putSubmission(c: AppContext, service: Service, caller: Caller, version: ApiVersion): Promise<Response> {
  const submissionId = c.req.param("submissionId") ?? "";
  const draft = openDraft(service, caller, submissionId);
  if (!draft.ok) return refused(draft);
  const body = await jsonBody(c);
  if (!body.ok) return refused(body);
  const parts = sentParts.safeParse(body.value);
  if (!parts.success) return problemResponse({ slug: "malformed-request", detail: "encrypted parts must be texts" });
  const { encryptedMetadata, encryptedData } = parts.data;
  if (!encryptedMetadata) return problemResponse({ slug: "missing-part", detail: "encryptedMetadata" });
  if (!encryptedData && version === "v2") return problemResponse({ slug: "missing-part", detail: "encryptedData" });

  return service.locks(draft.value.caseId, async () => {
    const current = openDraft(service, caller, submissionId);
    if (!current.ok) return refused(current);
    const missing = current.value.announced.filter((id) => !current.value.attachments[id]);
    if (missing.length > 0) return problemResponse({ slug: "attachments-incomplete", detail: missing.join(", ") });
    const expected = { kids: kidsOf(service, current.value), version };
    const metadata = await receive(service, textStream(encryptedMetadata), {
      ...expected,
      contentTypes: ["application/json"],
    });
    if (!metadata.ok) return refused(metadata);
    const contentTypes = ["application/json", "application/xml"];
    const data = encryptedData
      ? await receive(service, textStream(encryptedData), { ...expected, contentTypes })
      : pass(undefined);
    if (!data.ok) {
      await service.contents.remove([metadata.value.file]);
      return refused(data);
    }
    await send(service, current.value, metadata.value, data.value);
    cutOff(c, service, "lose-answer");
    const { caseId, destinationId } = current.value;
    return c.json({ submissionId, caseId, destinationId });
  });
}

async function receive(
  service: Service,
  body: ReadableStream<Uint8Array> | null,
  expected: JweExpectation,
): Promise<Outcome<StoredJwe>> {
  const received = await service.contents.receive(body);
  if (!received.ok) return received;
  const { file, outline } = received.value;
  const checked = checkJweHeader(outline, expected);
  if (checked.ok) return pass({ file, tag: outline.tag, size: outline.size });
  await service.contents.remove([file]);
  return checked;
}
