import type { Service } from "#flows/services/service.ts";
import { germanFamily } from "#flows/services/family/FAM-28.ts";
import { foreignersSpouse } from "#flows/services/family/FAM-30.ts";
import { ownRight } from "#flows/services/family/FAM-31.ts";
import { joiningChild } from "#flows/services/family/FAM-32.ts";
import { newborn } from "#flows/services/family/FAM-33.ts";
import { childExtension } from "#flows/services/family/FAM-34.ts";
import { otherRelatives } from "#flows/services/family/FAM-36.ts";

/** Titles for family reasons (domain 1.6). */
export const familyServices = {
  "FAM-28": germanFamily,
  "FAM-30": foreignersSpouse,
  "FAM-31": ownRight,
  "FAM-32": joiningChild,
  "FAM-33": newborn,
  "FAM-34": childExtension,
  "FAM-36": otherRelatives,
} as const satisfies Record<string, Service>;
