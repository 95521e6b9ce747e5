import type { Service } from "#flows/services/service.ts";
import { toleration } from "#flows/services/toleration/G-DULD.ts";
import { asylumPaper } from "#flows/services/toleration/G-GEST.ts";

/** Papers of people without a title (domain 1.9). */
export const tolerationServices = {
  "G-DULD": toleration,
  "G-GEST": asylumPaper,
} as const satisfies Record<string, Service>;
