import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { applicantOf, samplePayload, type Applicant, type Handing } from "#app/cli/persona/sample.ts";
import { germanPdfWords } from "#app/i18n/words.ts";
import { applicationPdf } from "#app/pdf/application.server.ts";
import { renderPdf } from "#app/pdf/render.server.ts";
import { product } from "#app/product.ts";
import type { Payload } from "#flows/delivery/payload.ts";
import type { Envelope, PlacedDocument, Standard, Written } from "#flows/delivery/standard.ts";
import { serviceGroups } from "#flows/services/registry.ts";

const PERSONAS = "tests/personas";
/** Samples of each group of services. */
const OF_EACH = 5;

/** Keys that nobody has: of the authority and of this service in the DVDV. */
export const SAMPLE_READER = "azr:000000";
export const SAMPLE_AUTHOR = "alp:000000";

/** A filed application as an example: who, for which service, as JSON and in a standard. */
export type Sample = { group: string; persona: string; payload: Payload; written: Written; evidence: Uint8Array };

/** A UUID (version 8) that is the same for the same name. */
export function sampleId(name: string): string {
  const hex = createHash("sha256").update(`vendor sample ${name}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Everything that can be handed in is, as the same small PDF. */
function handing(persona: string, bytes: Uint8Array): Handing {
  return (codes) =>
    Object.fromEntries(
      codes.map((code) => {
        const file = {
          id: sampleId(`${persona} ${code}`),
          name: "sample.pdf",
          mimeType: "application/pdf",
          size: bytes.length,
          sha512: createHash("sha512").update(bytes).digest("hex"),
          key: "A".repeat(43),
        } as const;
        return [code, { files: [file] }];
      }),
    );
}

/** What stands around every sample. */
export function sampleEnvelope(messageId: string, createdAt: string): Envelope {
  return {
    messageId,
    createdAt: createdAt.replace("Z", "+00:00"),
    reader: { identifier: SAMPLE_READER, name: "Ausländerbehörde Musterstadt" },
    author: {
      identifier: SAMPLE_AUTHOR,
      name: "Musterbetrieb Aufenthalt Online",
      email: "kontakt@example.org",
      address: { street: "Musterstraße 1", postalCode: "14467", city: "Potsdam" },
    },
    directoryVersion: "3",
    product: { name: product.name, maker: product.manufacturer, version: product.version },
    isTest: true,
    hasBackChannel: true,
  };
}

type Person = { group: string; persona: string; applicant: Applicant };

/** The application of a person; the PDF of those that are only looked at is not drawn. */
async function sampleOf({ group, persona, applicant }: Person, standard: Standard, isDrawn: boolean): Promise<Sample> {
  const evidence = new Uint8Array(readFileSync(join(PERSONAS, "files/passport.pdf")));
  const messageId = sampleId(persona);
  const { payload } = samplePayload(applicant, messageId, { hand: handing(persona, evidence) });
  const form = isDrawn ? await renderPdf(applicationPdf(payload, germanPdfWords)) : evidence;
  const base64 = Buffer.from(evidence).toString("base64");
  const documents: PlacedDocument[] = [
    {
      id: sampleId(`${persona} form`),
      code: "form",
      title: "Antrag",
      filename: `Antrag-${payload.reference}.pdf`,
      format: "pdf",
      base64: Buffer.from(form).toString("base64"),
    },
    ...payload.evidence.flatMap(({ code, title, files }) =>
      files.map(({ attachmentId: id, filename }) => ({ id, code, title, filename, format: "pdf" as const, base64 })),
    ),
  ];
  const written = standard.application({ ...sampleEnvelope(messageId, payload.filedAt), payload, documents });
  return { group, persona, payload, written, evidence };
}

/** Five applications for each group of services, from the personas of the project: other messages and services first. */
export async function samplesOf(standard: Standard): Promise<readonly Sample[]> {
  const names = readdirSync(PERSONAS).filter((file) => file.endsWith(".json"));
  const people = names.flatMap((file) => {
    const applicant = applicantOf(join(PERSONAS, file));
    return applicant ? [{ persona: file.replace(".json", ""), applicant }] : [];
  });
  const samples: Sample[] = [];
  for (const [group, own] of Object.entries(serviceGroups)) {
    const candidates = people.filter(({ applicant }) => Object.hasOwn(own, applicant.id));
    const all = candidates.map((person) => ({ group, ...person }));
    const looks = await Promise.all(all.map((person) => sampleOf(person, standard, false)));
    for (const { persona } of mostDifferent(looks).slice(0, OF_EACH)) {
      const person = all.find((one) => one.persona === persona);
      if (person) samples.push(await sampleOf(person, standard, true));
    }
  }
  return samples;
}

/** The first of each kind of message, then the first of each service, then the others. */
function mostDifferent(samples: readonly Sample[]): readonly Sample[] {
  const firsts = (of: (sample: Sample) => string) => [
    ...new Map(samples.toReversed().map((sample) => [of(sample), sample])).values(),
  ];
  return [
    ...new Set([...firsts(({ written }) => written.type), ...firsts(({ payload }) => payload.service.id), ...samples]),
  ];
}
