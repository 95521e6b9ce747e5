import type { Payload } from "#flows/delivery/payload.ts";

/** A choice of ours as payloads carry it. */
export const chosen = (code: string, text = code) => ({ code, text });

/** A nationality or state as payloads carry it. */
export const indian = { code: "436", text: "indisch" };

/** The payload of an application for a service with these answers and lists, as the frame of payloads wants it. */
export function payloadWith(
  id: string,
  answers: Readonly<Record<string, unknown>> = {},
  more: Partial<Payload> & { lists?: Readonly<Record<string, readonly object[]>> } = {},
): Payload {
  const { lists = {}, ...frame } = more;
  return {
    $schema: `urn:aufenthalt-online:schema:${id}:1.0.0`,
    schemaVersion: "1.3.0",
    messageId: "0b7d5e4a-3a55-4c0f-9f0e-6f8c1d2e3a4b",
    kind: "application",
    reference: "AAAA-BBBB-CCCC",
    // Half past midnight of the next day in Germany.
    filedAt: "2026-11-20T23:30:00.000Z",
    authority: { id: "potsdam", ars: "120540000000", name: "Landeshauptstadt Potsdam" },
    language: "en",
    completeness: "full",
    filer: { role: "self" },
    subjects: [{}],
    suggestion: { legalBasis: "§ 18b AufenthG", fee: {}, effect: "continues", deadline: { codes: [] } },
    evidence: [],
    declarations: [],
    provenance: {},
    quality: { findings: [] } as unknown as Payload["quality"],
    service: { id, version: "1.0.0", title: `Leistung ${id}`, leika: "99000000000000" as Payload["service"]["leika"] },
    data: { person: answers, ...lists },
    ...frame,
  };
}
