import { figureOf, median, type Figure } from "../figures.ts";
import { storedOf } from "#app/cli/persona/answers.ts";
import { deadlineFor } from "#flows/law/deadline.ts";
import { evidenceFor } from "#flows/law/evidence.ts";
import { feeFor } from "#flows/law/fee.ts";
import { lawInForce } from "#flows/law/law.ts";
import { legalBasisFor } from "#flows/law/legalBasis.ts";
import { lawRows } from "#flows/law/rows.ts";
import { fullSettings, isServiceId, services } from "#flows/services/registry.ts";
import { walkService, type Service } from "#flows/services/service.ts";
import { triage } from "#flows/services/triage.ts";
import { everythingLater, personas } from "#tests/support/walkedArrows.ts";

const RUNS = 3;
const WALKS = 500;
const TODAY = "2026-11-21";

/** The persona with the longest way through a service, with its stored answers. */
function largest() {
  const setting = { today: TODAY, law: lawInForce(lawRows, TODAY), settings: fullSettings };
  const ways = [...personas.values()].flatMap(({ name, answers, expect }) => {
    const id = String(expect?.["service"] ?? "");
    if (!isServiceId(id)) return [];
    const service: Service = services[id];
    const stored = {
      ...storedOf(triage, answers, fullSettings),
      ...storedOf(service.flow, answers, fullSettings),
      evidence: everythingLater,
    };
    const { service: walked } = walkService(service, stored, setting);
    const size = Object.values(walked.items).reduce((sum, items) => sum + items.length, walked.path.length);
    return walked.isComplete ? [{ name, service, stored, setting, size }] : [];
  });
  const [first] = ways.toSorted((a, b) => b.size - a.size);
  if (!first) throw new Error("walk: no persona comes to the end");
  return first;
}

/** Time of one walk through entry questions and service with legal basis, evidence, fee and deadline. */
export function benchWalk(): Figure[] {
  const { name, service, stored, setting } = largest();
  console.error(`bench: walk of "${name}"`);
  const once = () => {
    const walked = walkService(service, stored, setting);
    const situation = service.situation({ ...setting, answers: walked.answers });
    legalBasisFor(situation, setting.law, TODAY);
    evidenceFor(situation, setting.law, TODAY);
    feeFor(situation, setting.law, TODAY);
    deadlineFor(situation, setting.law, TODAY);
  };
  for (let walk = 0; walk < WALKS; walk += 1) once();
  const times = Array.from({ length: RUNS }, () => {
    const begun = performance.now();
    for (let walk = 0; walk < WALKS; walk += 1) once();
    return (performance.now() - begun) / WALKS;
  });
  return [figureOf({ name: "walk.engines", value: median(times), unit: "ms" }, { atMost: 2 })];
}
