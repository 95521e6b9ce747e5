import { figureOf, median, type Figure } from "../figures.ts";
import { storedOf } from "#app/cli/persona/answers.ts";
import { readPersona } from "#tests/support/persona.ts";
import { deadlineFor } from "#flows/law/deadline.ts";
import { evidenceFor } from "#flows/law/evidence.ts";
import { feeFor } from "#flows/law/fee.ts";
import { lawInForce } from "#flows/law/law.ts";
import { legalBasisFor } from "#flows/law/legalBasis.ts";
import { lawRows } from "#flows/law/rows.ts";
import { fullSettings, services } from "#flows/services/registry.ts";
import { walkService } from "#flows/services/service.ts";
import { triage } from "#flows/services/triage.ts";

const RUNS = 3;
const WALKS = 500;
const TODAY = "2026-11-21";

/** Time of one walk through entry questions and service with legal basis, evidence, fee and deadline, for P1. */
export function benchWalk(): Figure[] {
  const service = services["W-18g"];
  const { answers } = readPersona("p1", "de");
  const setting = { today: TODAY, law: lawInForce(lawRows, TODAY), settings: fullSettings };
  const later = Object.fromEntries([...readPersona("p1", "de").uploads.keys()].map((code) => [code, { later: "" }]));
  const stored = {
    ...storedOf(triage, answers, fullSettings),
    ...storedOf(service.flow, answers, fullSettings),
    evidence: later,
  };
  const once = () => {
    const walked = walkService(service, stored, setting);
    const situation = service.situation({ ...setting, answers: walked.answers });
    legalBasisFor(situation, setting.law, TODAY);
    evidenceFor(situation, setting.law, TODAY);
    feeFor(situation, setting.law, TODAY);
    deadlineFor(situation, setting.law, TODAY);
    return walked;
  };
  if (!once().service.isComplete) throw new Error("walk: P1 does not come to the end");
  for (let walk = 0; walk < WALKS; walk += 1) once();
  const times = Array.from({ length: RUNS }, () => {
    const begun = performance.now();
    for (let walk = 0; walk < WALKS; walk += 1) once();
    return (performance.now() - begun) / WALKS;
  });
  return [figureOf({ name: "walk.engines", value: median(times), unit: "ms" }, { atMost: 2 })];
}
