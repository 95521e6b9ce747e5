import { otherCondition } from "#flows/services/conditions/C-COND.ts";
import { residenceCondition } from "#flows/services/conditions/C-RES.ts";
import { employmentCondition } from "#flows/services/conditions/C-WORK.ts";
import type { Service } from "#flows/services/service.ts";

/** Conditions of a title (domain 1.9). */
export const conditionServices = {
  "C-WORK": employmentCondition,
  "C-COND": otherCondition,
  "C-RES": residenceCondition,
} as const satisfies Record<string, Service>;
