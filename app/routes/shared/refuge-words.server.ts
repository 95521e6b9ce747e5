import type { Page } from "#app/routes/shared/request.server.ts";
import { lawValue, type Law } from "#flows/law/law.ts";

/**
 * Who must come to the appointment for temporary protection, and from which age fingerprints are taken; nothing while the law does
 * not say (§ 49 Abs. 4a AufenthG).
 */
export function appointmentForAll({ say }: Page, law: Law): string[] {
  const [must, should] = [lawValue(law, "age.fingerprints"), lawValue(law, "age.fingerprintsOfChildren")];
  return must === undefined || should === undefined ? [] : [say("pages:ukraine.fingerprints", { must, should })];
}

/**
 * What those who filed for temporary protection should know of the appointment, of work and of moving (§ 4a, § 12a Abs. 1 AufenthG);
 * of moving while the law says how long.
 */
export function afterFiling(page: Page, law: Law): string[] {
  const years = lawValue(law, "period.residenceObligation");
  return [
    ...appointmentForAll(page, law),
    page.say("pages:ukraine.work"),
    ...(years === undefined ? [] : [page.say("pages:ukraine.residence", { count: years })]),
  ];
}
