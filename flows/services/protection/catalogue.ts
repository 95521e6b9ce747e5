import type { Service } from "#flows/services/service.ts";
import { admitted } from "#flows/services/protection/H-22.ts";
import { temporaryProtection } from "#flows/services/protection/H-24.ts";
import { recognised } from "#flows/services/protection/H-25-12.ts";
import { deportationBan } from "#flows/services/protection/H-25-3.ts";
import { urgentStay } from "#flows/services/protection/H-25-45.ts";
import { integratedYouth } from "#flows/services/protection/H-25a.ts";
import { sustainedIntegration } from "#flows/services/protection/H-25b.ts";

/** Titles for humanitarian reasons (domain 1.7). */
export const protectionServices = {
  "H-22": admitted,
  "H-24": temporaryProtection,
  "H-25-12": recognised,
  "H-25-3": deportationBan,
  "H-25-45": urgentStay,
  "H-25a": integratedYouth,
  "H-25b": sustainedIntegration,
} as const satisfies Record<string, Service>;
