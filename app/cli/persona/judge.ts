import { settingsOf } from "#app/config/settings.ts";
import type { Authority } from "#app/config/authority.ts";
import { storedOf, type Typed } from "#app/cli/persona/answers.ts";
import { requireComplete, type Walked } from "#app/cli/persona/complete.ts";
import { badFile, PersonaFault } from "#app/cli/persona/fault.ts";
import type { Persona } from "#app/cli/persona/file.ts";
import { competentAt, named } from "#app/cli/persona/place.ts";
import { applicationOf, nothingToFile, type Report } from "#app/cli/persona/report.ts";
import { requireKnownFields, unusedOf } from "#app/cli/persona/unused.ts";
import type { EvidenceAnswers, EvidenceList } from "#flows/engine/evidence.ts";
import type { Facts, Setting, Step } from "#flows/engine/facts.ts";
import { walk, type Walkable } from "#flows/engine/walk.ts";
import type { LawRow } from "#flows/law/law.ts";
import { lawInForce } from "#flows/law/law.ts";
import { outcomeOf } from "#flows/services/outcome.ts";
import { fullSettings, services } from "#flows/services/registry.ts";
import { walkable } from "#flows/services/service.ts";
import { isPressing, short, walkShort } from "#flows/services/short.ts";
import { triage, type TriageAnswers } from "#flows/services/triage.ts";

/** What a persona meets: the authorities of this service and the rows of the law. */
export type World = { authorities: readonly Authority[]; lawRows: readonly LawRow[] };

/** The result of a persona, and what applying over HTTP needs: authority, switches and values. */
export type Judgement = {
  report: Report;
  authority: Authority | undefined;
  setting: Setting;
  typed: Typed;
  /** Evidence that the service asks for. */
  asked: EvidenceList;
};

/** Stands for the files of a persona where only their being there counts. */
const someFile = {
  id: "00000000-0000-4000-8000-000000000000",
  name: "file.pdf",
  mimeType: "application/pdf",
  size: 1,
  sha512: "0".repeat(128),
  key: "A".repeat(43),
} as const;

function evidenceOf(uploads: Persona["uploads"]): EvidenceAnswers {
  const given = [...uploads].map(([code, files]) => [
    code,
    files === "later" ? { files: [], later: "" } : { files: files.map(() => someFile) },
  ]);
  return Object.fromEntries(given) as EvidenceAnswers;
}

/** The authority of the file, by its id. */
function chosenAuthority({ authority: id }: Persona, { authorities }: World): Authority | undefined {
  if (id === undefined) return undefined;
  const found = authorities.find((authority) => authority.id === id);
  if (!found) throw badFile(`authority: "${id}" does not take part in this service`);
  return found;
}

/**
 * Walks a persona through entry questions and service as the pages do, without a page (architecture 11).
 * @throws PersonaFault 2 if the file lacks or mistakes something, 1 if a page refuses what it says
 */
export function judge(persona: Persona, world: World): Judgement {
  const chosen = chosenAuthority(persona, world);
  const law = lawInForce(world.lawRows, persona.today);
  const settingWith = (authority: Authority | undefined): Setting => {
    const configured = authority ? settingsOf(authority, persona.language) : fullSettings;
    return { today: persona.today, law, settings: { ...configured, ...persona.settings } };
  };
  const typed = persona.answers;
  const walkWith = (flow: Walkable, setting: Setting, given: Walked["given"], more: object = {}): Walked => {
    const stored = { ...storedOf(flow, typed, setting.settings), ...more };
    return { flow, walk: walk(flow, stored, setting, given), typed, stored, setting, given, where: "answers." };
  };

  // The first page alone says who is competent; another authority's place ends the way there.
  const place = walkWith(withOnly(triage, triage.initial), settingWith(chosen), {});
  requireComplete(place);
  const competent = competentAt(world.authorities, {
    ...place.walk.answers,
    applicantIs: typed["applicantIs"],
  });
  const authority = chosen ?? competent.configured;
  const setting = settingWith(authority);
  requireKnownFields(typed, setting.settings);
  const result = { authority, setting, typed, asked: [] };
  const isElsewhere = chosen !== undefined && competent.isKnown && competent.configured?.id !== chosen.id;
  if (isElsewhere) {
    const { path } = place.walk;
    const unused = unusedOf(persona, [place], []);
    return {
      ...result,
      report: { outcome: "otherAuthority", ...nothingToFile, path, authority: competent.named, unused },
    };
  }

  const shown = authority ? named(authority) : competent.named;
  const entry = walkWith(triage, setting, {});
  const inShort = shortWay(persona, setting, walkWith(short, setting, {}));
  if (inShort && lacks(() => requireComplete(entry))) return { ...result, ...inShort(shown) };
  requireComplete(entry);
  const outcome = outcomeOf(entry.walk.answers as TriageAnswers, setting);
  if (outcome.outcome !== "application") {
    const { path } = entry.walk;
    const unused = unusedOf(persona, [entry], []);
    return { ...result, report: { outcome: outcome.outcome, ...nothingToFile, path, authority: shown, unused } };
  }

  const service = services[outcome.service];
  const own = walkWith(walkable(service), setting, entry.walk.answers, { evidence: evidenceOf(persona.uploads) });
  if (inShort && lacks(() => requireComplete(own))) return { ...result, ...inShort(shown) };
  requireComplete(own);
  const facts: Facts = { ...setting, answers: { ...entry.walk.answers, ...own.walk.answers } };
  const { asked, ...application } = applicationOf(service, facts, persona.uploads);
  const path = [...entry.walk.path, ...own.walk.path];
  const unused = unusedOf(persona, [entry, own], asked);
  return { ...result, asked, report: { outcome: "application", ...application, path, authority: shown, unused } };
}

/** True if the file lacks something that a page asks; what a page refuses is another matter. */
function lacks(check: () => void): boolean {
  try {
    check();
    return false;
  } catch (error) {
    if (error instanceof PersonaFault && error.exitCode === 2) return true;
    throw error;
  }
}

/**
 * The short way of a persona (domain 7), if the title has ended or ends in the pressing days and the file has everything
 * that this way asks.
 */
function shortWay(persona: Persona, setting: Setting, walked: Walked) {
  const { walk: own, service } = walkShort(walked.stored, setting);
  const { answers } = own;
  if (!service || !own.isComplete || !isPressing(answers["titleValidUntil"], setting.law, setting.today))
    return undefined;
  const { asked, ...application } = applicationOf(service, { ...setting, answers }, persona.uploads, "minimal");
  const unused = unusedOf(persona, [walked], []);
  return (authority: Report["authority"]): Pick<Judgement, "asked" | "report"> => ({
    asked,
    report: { outcome: "application", ...application, path: own.path, authority, unused },
  });
}

/** A flow that ends behind one of its pages. */
function withOnly(flow: Walkable, name: string): Walkable {
  const page: Step | undefined = flow.steps[name];
  return { ...flow, initial: name, steps: page ? { [name]: page } : {}, arrows: {} };
}
