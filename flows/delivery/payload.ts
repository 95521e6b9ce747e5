import { z } from "zod";
import { frame, PAYLOAD_VERSION } from "#flows/delivery/frame.ts";
import { coded, toValue, valueSchema } from "#flows/delivery/value.ts";
import type { Words } from "#flows/delivery/words.ts";
import type { EvidenceAnswers, EvidenceList } from "#flows/engine/evidence.ts";
import type { Facts, GroupStep, Step, Steps } from "#flows/engine/facts.ts";
import type { Fields } from "#flows/engine/fields.ts";
import { fieldsOf } from "#flows/engine/parse.ts";
import { summaryOf, type SummaryBlock, type SummaryRow } from "#flows/engine/summary.ts";
import { originsOf } from "#flows/provenance/proposals.ts";
import { qualityOf } from "#flows/quality/report.ts";
import { walkable, type Service, type ServiceWalk } from "#flows/services/service.ts";
import { short } from "#flows/services/short.ts";
import { triage } from "#flows/services/triage.ts";

/** URI of a service's payload schema: a name, published under `public/schemas/`, not an address. */
export function schemaUri(service: Pick<Service, "id" | "version">): string {
  return `urn:aufenthalt-online:schema:${service.id}:${service.version}`;
}

/** An answer to a question of the authority; a choice by the authority's own option id and its text. */
const extraAnswer = z.union([z.string(), z.boolean(), coded]);
const questions = z.array(z.strictObject({ id: z.string(), label: z.string(), answer: extraAnswer }));

function fieldsSchema(fields: Fields, words: Words): Record<string, z.ZodType> {
  const sent = Object.entries(fields).filter(([, field]) => !field.isUnsent);
  return Object.fromEntries(
    sent.map(([name, field]) => [
      name,
      valueSchema(field)
        .meta({ title: words.field(name) })
        .optional(),
    ]),
  );
}

function itemFields(group: GroupStep): Fields {
  return Object.assign(
    {},
    ...Object.values(group.item.steps).map((step: Step) => fieldsOf(step, noSettings)),
  ) as Fields;
}

const noSettings = { settings: { services: [], extraQuestions: [], askOffences: true, postalDelivery: true } };

function dataSchema(steps: Steps, words: Words): z.ZodType {
  const sections: Record<string, Record<string, z.ZodType>> = {};
  const groups: Record<string, z.ZodType> = {};
  for (const [name, step] of Object.entries(steps)) {
    if (step.kind === "group") {
      const item = z.strictObject({ id: z.string(), ...fieldsSchema(itemFields(step), words) });
      groups[name] = z
        .array(item)
        .meta({ title: words.group(name) })
        .optional();
    } else if (step.kind === "fields") {
      sections[step.section] = { ...sections[step.section], ...fieldsSchema(step.fields, words) };
    }
  }
  const shaped = Object.entries(sections).map(([id, shape]) => [
    id,
    z
      .strictObject(shape)
      .meta({ title: words.section(id) })
      .optional(),
  ]);
  return z.strictObject({
    ...(Object.fromEntries(shaped) as Record<string, z.ZodType>),
    ...groups,
    questions: questions.meta({ title: words.section("questions") }).optional(),
  });
}

function makeSchema(service: Service, words: Words) {
  return z.strictObject({
    ...frame,
    service: z.strictObject({
      id: z.literal(service.id),
      version: z.literal(service.version),
      title: z.string(),
      leika: z.literal(service.leika),
    }),
    data: dataSchema({ ...triage.steps, ...service.flow.steps }, words) as z.ZodType<Record<string, unknown>>,
  });
}
type PayloadSchema = ReturnType<typeof makeSchema>;
export type Payload = z.infer<PayloadSchema>;

const schemas = new WeakMap<Service, WeakMap<Words, PayloadSchema>>();

/**
 * The payload of a service as a zod schema; the published JSON Schema is generated from it. Made once: it takes longer than all
 * that is checked with it.
 */
export function payloadSchema(service: Service, words: Words): PayloadSchema {
  const ofService = schemas.get(service) ?? new WeakMap<Words, PayloadSchema>();
  schemas.set(service, ofService);
  const schema = ofService.get(words) ?? makeSchema(service, words);
  ofService.set(words, schema);
  return schema;
}

/** The published JSON Schema (draft 2020-12) of a service's payload. */
export function payloadJsonSchema(service: Service, words: Words): object {
  return { ...z.toJSONSchema(payloadSchema(service, words), { target: "draft-2020-12" }), $id: schemaUri(service) };
}

/** What a payload needs besides the answers. */
export type Header = Pick<
  Payload,
  | "messageId"
  | "reference"
  | "household"
  | "links"
  | "possibleDuplicate"
  | "filedAt"
  | "authority"
  | "language"
  | "suggestion"
> & {
  demo?: string;
  serviceTitle: string;
  asked: EvidenceList;
  files: EvidenceAnswers;
  /** Of a supplement: the application's message id, and the ids of files that earlier messages brought. */
  supplements?: string;
  sent?: ReadonlySet<string>;
};

/** Sections of the service's schema by the names of their fields: the pages of the short path are other ones. */
function sectionsByField(service: Service): ReadonlyMap<string, string> {
  const pages = Object.values({ ...triage.steps, ...service.flow.steps });
  return new Map(
    pages.flatMap((step) =>
      step.kind === "fields" ? Object.keys(step.fields).map((field) => [field, step.section] as const) : [],
    ),
  );
}

/** The answers of a short path, each in the section where the service has it; what the service does not ask stays out. */
function minimalBlocks(service: Service, walked: ServiceWalk, facts: Facts): SummaryBlock[] {
  const sections = sectionsByField(service);
  return summaryOf(short, walked.service, facts).flatMap(({ step, rows }) =>
    rows.flatMap((row) => {
      const section = sections.get(row.name);
      return section === undefined ? [] : [{ step, section, rows: [row] }];
    }),
  );
}

/** Maps finished answers to the payload. Total: every answer on the walked path is in it. */
export function payloadOf(service: Service, walked: ServiceWalk, facts: Facts, header: Header, words: Words): Payload {
  const { demo, serviceTitle, asked, files, supplements, sent = new Set(), ...plain } = header;
  const isMinimal = walked.completeness === "minimal";
  const blocks = isMinimal
    ? minimalBlocks(service, walked, facts)
    : [...summaryOf(triage, walked.triage, facts), ...summaryOf(walkable(service), walked.service, facts)];
  const rowsToValues = (rows: readonly SummaryRow[]) =>
    Object.fromEntries(rows.map(({ name, field, value }) => [name, toValue(name, field, value, words)]));
  const data: Record<string, Record<string, unknown> | unknown[]> = {};
  for (const block of blocks) {
    const step = isMinimal ? undefined : service.flow.steps[block.step];
    if (block.items) data[block.step] = block.items.map((item) => ({ id: item.id, ...rowsToValues(item.rows) }));
    else if (step?.kind === "extra") {
      data["questions"] = block.rows.map((row) => questionOf(facts, row));
    } else if (step?.kind !== "review" && block.rows.length > 0) {
      data[block.section] = { ...data[block.section], ...rowsToValues(block.rows) };
    }
  }
  const { answers, carried } = walked;
  const originOf = originsOf(answers, carried, facts.today);
  const text = (name: string) => (typeof answers[name] === "string" ? { [name]: answers[name] } : {});
  return {
    ...plain,
    ...(demo === undefined ? {} : { demo }),
    $schema: schemaUri(service),
    schemaVersion: PAYLOAD_VERSION,
    ...(supplements === undefined ? { kind: "application" as const } : { kind: "supplement" as const, supplements }),
    service: { id: service.id, version: service.version, title: serviceTitle, leika: service.leika },
    completeness: walked.completeness,
    filer: { role: filerOf(service.situation({ ...facts, answers }).filer, facts) },
    subjects: [...(service.subjects?.(answers) ?? [{ ...text("familyName"), ...text("givenNames") }])],
    data,
    evidence: evidenceEntries(asked, files, sent, words),
    declarations: declarationsOf(isMinimal ? short.steps : service.flow.steps, { walked, facts }, words),
    provenance: Object.fromEntries(blocks.flatMap(answeredNames).map((name) => [name, originOf(name)])),
    quality: qualityOf({ ...facts, answers }),
  };
}

function questionOf(facts: Facts, { name, value }: SummaryRow): { id: string; label: string; answer: unknown } {
  const question = facts.settings.extraQuestions.find(({ id }) => id === name);
  const option = question?.options?.find(({ id }) => id === value);
  return {
    id: name,
    label: question?.label ?? name,
    answer: option ? { code: option.id, text: option.label } : value,
  };
}

/** Names of the answers of a page; those of a group's entries stand as `group/field`. */
function answeredNames({ step, rows, items = [] }: SummaryBlock): string[] {
  const ofItems = items.flatMap((item) => item.rows.map(({ name }) => `${step}/${name}`));
  return [...rows.map(({ name }) => name), ...new Set(ofItems)];
}

/** Named by what it is: file names of the person stay with the person (domain 7). */
function fileName(code: string, index: number, mimeType: string): string {
  const endings: Readonly<Record<string, string>> = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
  };
  return `${code}-${index + 1}.${endings[mimeType] ?? "bin"}`;
}

function evidenceEntries(
  asked: EvidenceList,
  given: EvidenceAnswers,
  sent: ReadonlySet<string>,
  words: Words,
): Payload["evidence"] {
  const codes = asked.flatMap((item) => [item.code, ...item.alternatives]);
  return codes.flatMap((code) => {
    const entry = given[code];
    if (!entry || (entry.files.length === 0 && entry.later === undefined)) return [];
    const named = entry.files.map(({ id, mimeType, size, sha512, original }, index) => ({
      attachmentId: id,
      filename: fileName(code, index, mimeType),
      mimeType,
      size,
      sha512,
      ...(original === undefined ? {} : { original }),
    }));
    const before = named.filter(({ attachmentId }) => sent.has(attachmentId)).map(({ filename }) => filename);
    return [
      {
        code,
        title: words.evidence(code),
        files: named.filter(({ attachmentId }) => !sent.has(attachmentId)),
        ...(before.length === 0 ? {} : { sentBefore: before }),
        ...(entry.later === undefined ? {} : { later: { reason: entry.later } }),
      },
    ];
  });
}

function declarationsOf(
  steps: Steps,
  { walked, facts }: { walked: ServiceWalk; facts: Facts },
  words: Words,
): Payload["declarations"] {
  const review = Object.values(steps).find((step) => step.kind === "review");
  const fields = review ? Object.keys(fieldsOf(review, facts)) : [];
  return fields.map((id) => ({ id, text: words.declaration(id), given: walked.answers[id] === true }));
}

/** Who represents a person does so with help, too; everybody else who is helped applies themselves, with a helper. */
function filerOf(role: Payload["filer"]["role"] = "self", { settings }: Facts): Payload["filer"]["role"] {
  return role === "self" && settings.helped ? "helper" : role;
}
