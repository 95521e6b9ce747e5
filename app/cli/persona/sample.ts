import { storedOf } from "#app/cli/persona/answers.ts";
import { loadPersona } from "#app/cli/persona/file.ts";
import { germanPdfWords, germanServiceTitle } from "#app/i18n/words.ts";
import { payloadOf, type Header, type Payload } from "#flows/delivery/payload.ts";
import type { EvidenceAnswers } from "#flows/engine/evidence.ts";
import type { Setting } from "#flows/engine/facts.ts";
import { walk } from "#flows/engine/walk.ts";
import { evidenceFor } from "#flows/law/evidence.ts";
import { lawInForce } from "#flows/law/law.ts";
import { lawRows } from "#flows/law/rows.ts";
import { outcomeOf } from "#flows/services/outcome.ts";
import { fullSettings, services, type ServiceId } from "#flows/services/registry.ts";
import { walkService, type ServiceWalk } from "#flows/services/service.ts";
import { minimalWalk } from "#flows/services/short.ts";
import { triage, type TriageAnswers } from "#flows/services/triage.ts";

/** Calendar date of all samples. */
const TODAY = "2026-11-21";
/** Answers that only some authorities ask for; whoever lives elsewhere says no. */
const elsewhere = { convicted: false, pendingProceedings: false, expelledOrRefused: false, postalDelivery: false };
/** Facts of the day without answers, with every switch of authorities on. */
export const sampleSetting: Setting = { today: TODAY, law: lawInForce(lawRows, TODAY), settings: fullSettings };

/** A persona who files an application, with what is stored of them. */
export type Applicant = { id: ServiceId; stored: Readonly<Record<string, unknown>> };

/** Reads a persona file as an applicant; undefined if the answers lead to no whole application here. */
export function applicantOf(path: string): Applicant | undefined {
  const { answers, expect: expected } = loadPersona(path);
  // Somewhere else, or where the authority does not offer it, the same answers may lead to no application.
  const isElsewhere = ![undefined, "application"].includes(expected?.["outcome"] as string | undefined);
  if (expected?.["completeness"] === "minimal" || isElsewhere) return undefined;
  const typed = { ...elsewhere, ...answers };
  const entry = storedOf(triage, typed, fullSettings);
  const outcome = outcomeOf(walk(triage, entry, sampleSetting).answers as TriageAnswers, sampleSetting);
  if (outcome.outcome !== "application") return undefined;
  const own = storedOf(services[outcome.service].flow, typed, fullSettings);
  return { id: outcome.service, stored: { ...entry, ...own } };
}

/** Which evidence an applicant hands in, by what the service asks; the rest comes later. */
export type Handing = (codes: readonly string[]) => EvidenceAnswers;

/** All evidence comes later. */
export const allLater: Handing = (codes) =>
  Object.fromEntries(codes.map((code) => [code, { files: [], later: "kommt nach" }]));

/** The payload of an applicant as it would be filed, under the given id; of a minimal one its short path. */
export function samplePayload(
  { id, stored }: Applicant,
  messageId: string,
  { isMinimal = false, hand = allLater }: { isMinimal?: boolean; hand?: Handing } = {},
): { walked: ServiceWalk; payload: Payload } {
  const service = services[id];
  const { answers } = walkService(service, stored, sampleSetting);
  const asked = evidenceFor(service.situation({ ...sampleSetting, answers }), sampleSetting.law, TODAY);
  const files = hand(asked.map(({ code }) => code));
  const given = { ...stored, evidence: files };
  const walked = isMinimal ? minimalWalk(service, given, sampleSetting) : walkService(service, given, sampleSetting);
  const header: Header = {
    messageId,
    reference: "AAAA-BBBB-CCCC",
    household: { id: messageId, member: 0 },
    filedAt: `${TODAY}T09:00:00.000Z`,
    authority: { id: "potsdam", ars: "120540000000", name: "Landeshauptstadt Potsdam" },
    language: "en",
    serviceTitle: germanServiceTitle(id),
    suggestion: { fee: { cents: 10_000 }, effect: "continues", deadline: { codes: [] } },
    asked,
    files,
  };
  return { walked, payload: payloadOf(service, walked, { ...sampleSetting, answers: {} }, header, germanPdfWords) };
}
