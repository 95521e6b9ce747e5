import type { Service } from "#flows/services/service.ts";
import { vocationalWork } from "#flows/services/work/W-18a.ts";
import { academicWork } from "#flows/services/work/W-18b.ts";
import { research } from "#flows/services/work/W-18d.ts";
import { blueCard } from "#flows/services/work/W-18g.ts";
import { listedWork } from "#flows/services/work/W-19c1.ts";
import { experiencedWork } from "#flows/services/work/W-19c2.ts";
import { toleratedWork } from "#flows/services/work/W-19d.ts";
import { voluntaryWork } from "#flows/services/work/W-19e.ts";
import { jobSearch } from "#flows/services/work/W-20.ts";
import { opportunityCard } from "#flows/services/work/W-20a.ts";
import { selfEmployment } from "#flows/services/work/W-21.ts";
import { fastTrack } from "#flows/services/work/W-FAST.ts";

/** Titles for work (domain 1.4). */
export const workServices = {
  "W-18a": vocationalWork,
  "W-18b": academicWork,
  "W-18d": research,
  "W-18g": blueCard,
  "W-19c1": listedWork,
  "W-19c2": experiencedWork,
  "W-19d": toleratedWork,
  "W-19e": voluntaryWork,
  "W-20": jobSearch,
  "W-20a": opportunityCard,
  "W-21": selfEmployment,
  "W-FAST": fastTrack,
} as const satisfies Record<string, Service>;
