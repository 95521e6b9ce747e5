import { randomUUID } from "node:crypto";
import type { App } from "#app/context.server.ts";
import type { Authority } from "#app/config/authority.ts";
import type { Db } from "#app/db.server.ts";
import type { FormPlace } from "#app/form.server.ts";
import type { OutboxRow } from "#app/outbox/queue.server.ts";
import { urgentFrom } from "#app/outbox/urgency.ts";
import { appendEvent, type ApplicantCopy } from "#app/store/cases.server.ts";
import { sealManifest, type Manifest } from "#app/store/manifest.server.ts";
import { newKey } from "#app/store/seal.server.ts";
import { evidenceAnswers, type EvidenceAnswers } from "#flows/engine/evidence.ts";
import type { Facts } from "#flows/engine/facts.ts";
import type { PossibleDuplicate } from "#flows/delivery/frame.ts";
import { payloadOf, payloadSchema, schemaUri, type Header, type Payload } from "#flows/delivery/payload.ts";
import type { Words } from "#flows/delivery/words.ts";
import { familyEntryOf, type FamilyEntry } from "#flows/household/overview.ts";
import type { HouseholdLink, HouseholdPlace } from "#flows/household/place.ts";
import { deadlineFor } from "#flows/law/deadline.ts";
import { evidenceFor } from "#flows/law/evidence.ts";
import { feeFor } from "#flows/law/fee.ts";
import { legalBasisFor } from "#flows/law/legalBasis.ts";
import { isSensitive } from "#flows/services/sensitive.ts";
import type { Service, ServiceWalk } from "#flows/services/service.ts";
import { destinations, outbox } from "#drizzle/schema.ts";

/** Which service is filed where, and in which words. */
export type Order = {
  authority: Authority;
  service: Service;
  serviceTitle: string;
  language: string;
  words: Words;
  demo: string | undefined;
  /** Where it stands in its household, and what of that was filed before. */
  household: HouseholdPlace;
  links: readonly HouseholdLink[];
  /** The same applications as `links`, for the overview of the family. */
  family?: readonly FamilyEntry[];
};

/** What tells one message of a case from the others. */
export type Outgoing = {
  id: string;
  caseId: string;
  reference: string;
  filedAt: Date;
  /** Of a supplement: the application's message, and the files that the authority has been sent already. */
  supplements?: { messageId: string; sent: ReadonlySet<string> };
  /** Earlier applications that look like those of the same person. */
  possibleDuplicate?: readonly PossibleDuplicate[];
};

/** A message as it will be sent: the same bytes for worker, applicant and receipt. */
export type Frozen = { text: string; manifest: Manifest; deadline: Payload["suggestion"]["deadline"] };

const kindOf = ({ supplements }: Pick<Outgoing, "supplements">) => (supplements ? "supplement" : "application");

/** Freezes the answers as the payload of a message. @throws when the payload does not fit its schema */
export function freezeMessage(
  order: Order,
  { walked, facts }: { walked: ServiceWalk; facts: Facts },
  outgoing: Outgoing,
): Frozen {
  const { authority, service } = order;
  const situation = service.situation({ ...facts, answers: walked.answers });
  const files = evidenceAnswers(walked.answers["evidence"]);
  const { supplements } = outgoing;
  const header: Header = {
    messageId: outgoing.id,
    reference: outgoing.reference,
    // Nobody may find the application of a person in danger by that of somebody else.
    ...(isSensitive(service, walked.answers) ? {} : { household: sentPlace(order.household) }),
    ...(order.links.length === 0 ? {} : { links: [...order.links] }),
    ...(outgoing.possibleDuplicate?.length ? { possibleDuplicate: [...outgoing.possibleDuplicate] } : {}),
    filedAt: outgoing.filedAt.toISOString(),
    authority: { id: authority.id, ars: authority.ars, name: authority.name },
    language: order.language,
    serviceTitle: order.serviceTitle,
    suggestion: suggestionOf(situation, facts),
    asked: evidenceFor(situation, facts.law, facts.today),
    files,
    ...(supplements === undefined ? {} : { supplements: supplements.messageId, sent: supplements.sent }),
    ...(order.demo === undefined ? {} : { demo: order.demo }),
  };
  const payload = payloadSchema(service, order.words).parse(payloadOf(service, walked, facts, header, order.words));
  const text = JSON.stringify(payload);
  const { deadline } = header.suggestion;
  const family = familyOf(payload, order, walked.answers);
  const manifest = { ...manifestOf(payload, text, order, { files, filedOn: facts.today }), ...(family && { family }) };
  return { text, manifest, deadline };
}

/** The overview of an application that is not the first of its family; what is added later has none. */
function familyOf(payload: Payload, { family = [], household }: Order, answers: ServiceWalk["answers"]) {
  if (payload.kind !== "application" || family.length === 0) return undefined;
  return { id: randomUUID(), entries: [...family, familyEntryOf(payload, answers, household.relation)] };
}

/** Of the place in the household what the authority is told; the payload's links say who is what to whom. */
function sentPlace({ id, member, joined }: HouseholdPlace): NonNullable<Payload["household"]> {
  return { id, member, ...(joined ? { joined } : {}) };
}

/** Puts a frozen application or supplement into the outbox inside the filing's transaction. */
export async function enqueueFrozen(
  app: App,
  tx: Db,
  authority: Authority,
  outgoing: Outgoing,
  { manifest, deadline }: Frozen,
): Promise<void> {
  const { filedAt, supplements } = outgoing;
  // What is added later changes nothing in the effect of the application.
  const urgent = supplements === undefined ? urgentFrom(deadline, filedAt) : null;
  const kind = kindOf(outgoing);
  const queued = { ...outgoing, kind, adds: supplements?.messageId ?? null, urgentFrom: urgent } as const;
  await enqueue(app, tx, authority, queued, manifest);
}

/** A message to queue; `adds`: the application's message, if it is not that itself. */
export type Queued = Pick<Outgoing, "id" | "caseId" | "filedAt"> & {
  kind: OutboxRow["kind"];
  adds: string | null;
  urgentFrom: Date | null;
};

/** Puts a sealed message into the outbox inside the filing's transaction, with its event "filed" and its wake-up. */
export async function enqueue(
  app: App,
  tx: Db,
  authority: Authority,
  { id, caseId, filedAt, kind, adds, urgentFrom: urgent }: Queued,
  manifest: Manifest,
): Promise<void> {
  const destination = destinationOf(authority);
  await tx.insert(destinations).values({ id: destination, authority: authority.id }).onConflictDoNothing();
  await tx.insert(outbox).values({
    id,
    caseId,
    authority: authority.id,
    kind,
    supplements: adds,
    state: "waiting",
    destination,
    progress: {},
    attempts: 0,
    queuedAt: filedAt,
    urgentFrom: urgent,
    nextAttemptAt: filedAt,
    createdAt: filedAt,
    ...(await sealManifest(app.keys, id, manifest)),
  });
  await appendEvent(tx, { caseId, authority: authority.id, messageId: id, kind: "filed", at: filedAt });
  await app.database.wake(tx, id, destination);
}

/** Where the PDF of a message is kept, if it was drawn when filing. */
export function formPlace({ formId, formKey }: Manifest): FormPlace | undefined {
  return formKey === undefined ? undefined : { id: formId, key: formKey };
}

/** The applicant's copy with a message added to what `before` has. */
export function copyWith(
  { language, household }: Order,
  answers: Readonly<Record<string, unknown>>,
  outgoing: Outgoing,
  { text, manifest }: Frozen,
  before: Partial<ApplicantCopy>,
): ApplicantCopy {
  const form = formPlace(manifest);
  const message = {
    id: outgoing.id,
    kind: kindOf(outgoing),
    filedAt: outgoing.filedAt.toISOString(),
    payload: text,
    ...(form && { form }),
  } as const;
  return {
    replies: [],
    begun: {},
    ...before,
    payload: text,
    language,
    answers: { ...answers },
    messages: [...(before.messages ?? []), message],
    household,
  };
}

/** Names the receiver of an authority's messages, so that one dead receiver can be told from the others. */
export function destinationOf({ transport, id }: Authority): string {
  if (transport.kind !== "fit-connect") return `${transport.kind}:${id}`;
  // Looked up for each delivery: what counts as one receiver is the authority.
  return transport.routing ? `fit-connect:route:${id}` : `fit-connect:${transport.destinationId}`;
}

function suggestionOf(situation: Parameters<typeof feeFor>[0], facts: Facts): Payload["suggestion"] {
  const fee = feeFor(situation, facts.law, facts.today);
  const { basis } = legalBasisFor(situation, facts.law, facts.today);
  const { codes, date, days, effect } = deadlineFor(situation, facts.law, facts.today);
  return {
    ...(basis === undefined ? {} : { legalBasis: basis }),
    fee:
      fee.kind === "exact"
        ? { cents: fee.cents }
        : fee.kind === "range"
          ? { from: fee.from, to: fee.to }
          : { unknown: true },
    effect,
    deadline: { codes: [...codes], ...(date === undefined ? {} : { date }), ...(days === undefined ? {} : { days }) },
  };
}

function manifestOf(
  payload: Payload,
  text: string,
  order: Order,
  given: { files: EvidenceAnswers; filedOn: string },
): Manifest {
  const names = new Map(
    payload.evidence.flatMap((entry) =>
      entry.files.map((file) => [file.attachmentId, { code: entry.code, filename: file.filename }]),
    ),
  );
  const files = Object.values(given.files).flatMap((entry) =>
    entry.files.flatMap((file) => {
      const name = names.get(file.id);
      return name ? [{ ...file, ...name }] : [];
    }),
  );
  return {
    payload: text,
    schemaUri: schemaUri(order.service),
    service: { leika: order.service.leika, name: order.serviceTitle },
    ars: order.authority.ars,
    reference: payload.reference,
    filedOn: given.filedOn,
    formId: randomUUID(),
    formKey: Buffer.from(newKey()).toString("base64url"),
    files,
  };
}
