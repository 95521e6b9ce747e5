import { settlement } from "#flows/services/permanent/N-9.ts";
import { settledSpouseSettlement } from "#flows/services/permanent/N-9-3a.ts";
import { longTermEu } from "#flows/services/permanent/N-9a.ts";
import { skilledSettlement } from "#flows/services/permanent/N-18c1.ts";
import { blueCardSettlement } from "#flows/services/permanent/N-18c2.ts";
import { highlyQualified } from "#flows/services/permanent/N-18c3.ts";
import { selfEmployedSettlement } from "#flows/services/permanent/N-21-4.ts";
import { protectedSettlement } from "#flows/services/permanent/N-26.ts";
import { germanFamilySettlement } from "#flows/services/permanent/N-28.ts";
import { childSettlement } from "#flows/services/permanent/N-35.ts";
import type { Service } from "#flows/services/service.ts";

/** Permanent titles (domain 1.8). */
export const permanentServices = {
  "N-9": settlement,
  "N-9-3a": settledSpouseSettlement,
  "N-9a": longTermEu,
  "N-18c1": skilledSettlement,
  "N-18c2": blueCardSettlement,
  "N-18c3": highlyQualified,
  "N-21-4": selfEmployedSettlement,
  "N-26": protectedSettlement,
  "N-28": germanFamilySettlement,
  "N-35": childSettlement,
} as const satisfies Record<string, Service>;
