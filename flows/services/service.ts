import type { Facts, Setting } from "#flows/engine/facts.ts";
import type { Flow } from "#flows/engine/flow.ts";
import { walk, type Walk, type Walkable } from "#flows/engine/walk.ts";
import { evidenceFor } from "#flows/law/evidence.ts";
import type { Situation } from "#flows/law/situation.ts";
import { carriedOf } from "#flows/provenance/carried.ts";
import { triage } from "#flows/services/triage.ts";

/** A person whom an application is about. */
export type Subject = { familyName?: string; givenNames?: string };

/** A residence service: its wizard, and how its answers read for the law. */
export type Service = {
  /** Service id of domain.md, e.g. `W-18g`. */
  id: string;
  /** Version of questions and payload; raised when either changes. */
  version: string;
  /** 14-digit key of the LeiKa catalogue. */
  leika: string;
  flow: Flow;
  /** The facts of the law engines, read from the answers so far. */
  situation: (facts: Facts) => Situation;
  /** Whom the application is about, if it is somebody else than the person of the first pages (architecture 5). */
  subjects?: (answers: Readonly<Record<string, unknown>>) => readonly Subject[];
  /** Services for people who may be in danger: quiet titles, a way to leave quickly, no e-mail (architecture 9). */
  isSensitive?: true;
};

/**
 * Both walks of a person's answers: entry questions, then the service with the entry answers handed in. A minimal one is
 * the walk of the short path alone.
 */
export type ServiceWalk = {
  triage: Walk;
  service: Walk;
  answers: Readonly<Record<string, unknown>>;
  /** What another member of the household had said, by field. */
  carried: Readonly<Record<string, unknown>>;
  completeness: "full" | "minimal";
};

/** The service's wizard together with its evidence rule. */
export function walkable(service: Service): Walkable {
  return { ...service.flow, evidence: (facts) => evidenceFor(service.situation(facts), facts.law, facts.today) };
}

/** Walks entry questions and service with stored answers. */
export function walkService(service: Service, stored: object, setting: Setting): ServiceWalk {
  const start = walk(triage, stored, setting);
  const rest = walk(walkable(service), stored, setting, start.answers);
  const answers = { ...start.answers, ...rest.answers };
  return { triage: start, service: rest, answers, carried: carriedOf(stored), completeness: "full" };
}
