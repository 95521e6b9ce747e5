import type { PayloadAnswers } from "#flows/delivery/answers.ts";

/** Code of a list, and whether it says what is meant: the lists are coarse, and some services have no code of their own. */
export type Ground = { code: string; isExact: boolean };

// Codes of the list "ozg.antragsgrund", version 4.
const FIRST = "01";
const EXTENSION = "02";
const CONDITION = "03";
const PERMANENT = "04";
const WORK_PERMISSION = "05";
const TOLERATED_JOB = "06";
const TOLERATED_TRAINING = "07";

const exact = (code: string): Ground => ({ code, isExact: true });
const nearest = (code: string): Ground => ({ code, isExact: false });

const withoutTitle = ["duldung", "gestattung", "noStatus"];

/** People without a title need a permission of its own; in a title, work is one of its conditions (§ 4a AufenthG). */
function workGround(answers: PayloadAnswers): Ground {
  const isFirst = answers.code("employmentWish")?.code === "allow";
  const held = answers.code("currentTitleType")?.code ?? "";
  return exact(isFirst || withoutTitle.includes(held) ? WORK_PERMISSION : CONDITION);
}

function tolerationGround(answers: PayloadAnswers): Ground {
  const reason = answers.code("tolerationReason")?.code;
  if (reason === "training") return exact(TOLERATED_TRAINING);
  return reason === "job" ? exact(TOLERATED_JOB) : nearest(EXTENSION);
}

/** For papers: whoever holds the paper already, or a card, has a case at the authority. */
function paperGround(service: string, answers: PayloadAnswers): Ground {
  const isMore = answers.code("substituteWish")?.code === "moreTime";
  const isAgain = service === "D-FIKT" && answers.code("currentTitleType")?.code === "fiktion";
  return nearest(service.startsWith("D-CARD") || isMore || isAgain ? EXTENSION : FIRST);
}

/** Answers of holders of a title by § 24 AufenthG that they stay with it. */
const ownTitle = ["continuing", "ended"];

/** `grundDesAntrags`: what is applied for. A title for another purpose is granted for the first time. */
export function requestGround(service: string, answers: PayloadAnswers): Ground {
  const held = (field: string): string => answers.code(field)?.code ?? "";
  if (service === "C-WORK") return workGround(answers);
  if (service.startsWith("C-")) return exact(CONDITION);
  if (service === "G-DULD") return tolerationGround(answers);
  if (service === "G-GEST") return nearest(EXTENSION);
  if (service.startsWith("D-")) return paperGround(service, answers);
  // Long-term residence in the EU has the same place as the settlement permit.
  if (service.startsWith("N-")) return service === "N-9a" ? nearest(PERMANENT) : exact(PERMANENT);
  if (service.startsWith("EU-")) return exact(FIRST);
  // People with a title by § 24 AufenthG are asked about it instead of for their wish.
  const isExtension = answers.code("request")?.code === "extension" || ownTitle.includes(held("protectionTitle"));
  return exact(isExtension ? EXTENSION : FIRST);
}

// Codes of the list "ozg.aufenthaltsgrund", version 2.
const FAMILY = "01";
const TRAINING = "02";
const WORK = "03";
const HUMANITARIAN = "04";
const OTHER = "05";

/** By the first letters of a service; temporary protection (§ 24 AufenthG) has no message of its own and is humanitarian. */
const byGroup: Readonly<Record<string, string>> = { W: WORK, A: TRAINING, FAM: FAMILY, H: HUMANITARIAN };

/** Services whose purpose is another one than that of their group, or is known although the group has none. */
const byService: Readonly<Record<string, string>> = {
  "N-18c1": WORK,
  "N-18c2": WORK,
  "N-18c3": WORK,
  "N-21-4": WORK,
  "N-9-3a": FAMILY,
  "N-28": FAMILY,
  "N-35": FAMILY,
  "N-26": HUMANITARIAN,
  "C-WORK": WORK,
  // The obligation to live in a place is for people with protection (§ 12a AufenthG).
  "C-RES": HUMANITARIAN,
  "D-RA-F": HUMANITARIAN,
};

const byTolerationReason: Readonly<Record<string, string>> = { training: TRAINING, job: WORK, family: FAMILY };

/** `grundDesAufenthalts`: what the stay is for. */
export function stayGround(service: string, answers: PayloadAnswers): Ground {
  const reason = byTolerationReason[answers.code("tolerationReason")?.code ?? ""];
  const code = byService[service] ?? byGroup[service.split("-")[0] ?? ""] ?? reason;
  return code === undefined ? nearest(OTHER) : exact(code);
}

/** `grundAenderungNebenbestimmung`: which condition is to change and why; undefined if nothing of it is applied for. */
export function conditionText(service: string, answers: PayloadAnswers): string | undefined {
  if (requestGround(service, answers).code !== CONDITION) return undefined;
  const { code, text } = answers;
  const parts = [
    code("employmentWish")?.text,
    code("conditionSubject")?.text,
    told("Grund", [text("conditionReason")]),
    told("Grund", [code("residenceReason")?.text]),
    told("bisher", [text("obligationArea")]),
    told("künftig", [text("targetPostalCode"), text("targetPlace")]),
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join("; ");
}

function told(label: string, words: readonly (string | undefined)[]): string | undefined {
  const known = words.filter((word) => word !== undefined);
  return known.length === 0 ? undefined : `${label}: ${known.join(" ")}`;
}
