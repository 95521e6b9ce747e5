import type { Service } from "#flows/services/service.ts";
import { vocationalTraining } from "#flows/services/training/A-16a.ts";
import { study } from "#flows/services/training/A-16b.ts";
import { recognition } from "#flows/services/training/A-16d.ts";
import { courseOrSchool } from "#flows/services/training/A-16f.ts";
import { toleratedTraining } from "#flows/services/training/A-16g.ts";
import { trainingSearch } from "#flows/services/training/A-17.ts";

/** Titles for studies and training (domain 1.5). */
export const trainingServices = {
  "A-16a": vocationalTraining,
  "A-16b": study,
  "A-16d": recognition,
  "A-16f": courseOrSchool,
  "A-16g": toleratedTraining,
  "A-17": trainingSearch,
} as const satisfies Record<string, Service>;
