import { page } from "#flows/engine/facts.ts";
import { choice } from "#flows/engine/fields.ts";
import { place } from "#flows/steps/triage.ts";

/**
 * The short entry for people who fled Ukraine: where they live and for whom they apply, on one page. That they are Ukrainian
 * and fled goes without asking there; everybody else begins with the entry questions.
 */
export const fled = page("start", { ...place.fields, applicantIs: choice(["self", "child", "ward", "other"]) });
