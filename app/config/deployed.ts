import type { Known } from "#app/config/crossChecks.ts";
import { ALL_SERVICES } from "#app/config/services.ts";
import type { FlowSteps } from "#flows/engine/facts.ts";
import { services } from "#flows/services/registry.ts";
import { triage } from "#flows/services/triage.ts";
import { languages } from "#locales/languages.ts";

/** Names under which a wizard keeps answers: its pages and their fields, those within groups too. */
function namesIn({ steps }: FlowSteps): string[] {
  return Object.entries(steps).flatMap(([name, step]) => {
    if (step.kind === "fields" || step.kind === "review") return [name, ...Object.keys(step.fields)];
    return step.kind === "group" ? [name, ...namesIn(step.item)] : [name];
  });
}

const flows = [triage, ...Object.values(services).map(({ flow }) => flow)];

/** What this deployment offers, for checking the authorities' files against it. */
export const deployed: Known = {
  serviceIds: [ALL_SERVICES, ...Object.keys(services)],
  languages: languages.map(({ code }) => code),
  fieldNames: [...new Set(flows.flatMap(namesIn))],
};
