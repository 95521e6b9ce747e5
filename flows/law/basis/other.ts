import { addMonths } from "#flows/engine/dates.ts";
import { documentBases } from "#flows/law/basis/documents.ts";
import { freeMovementBases } from "#flows/law/basis/freeMovement.ts";
import { foundIf, likely, plain, unlessFound, type Rule } from "#flows/law/basis/rule.ts";
import { lawDay, lawValue } from "#flows/law/law.ts";

/** Permission to work: with a title by its law, with Duldung or Gestattung by that of the ordinance (§ 4a AufenthG). */
const employment: Rule = ({ title }) => {
  if (title.kind === "duldung") return likely("§ 4a Abs. 4 AufenthG, § 32 BeschV");
  if (title.kind === "gestattung") return likely("§ 61 AsylG, § 32 BeschV");
  const isFree = title.kind === "settlementPermit" || title.kind === "euLongTerm";
  return unlessFound("§ 4a AufenthG", ...foundIf(isFree, "workAlreadyAllowed"));
};

/** A job ends the obligation from some hours and some income on (§ 12a Abs. 5 S. 1 Nr. 1 AufenthG). */
const residence: Rule = ({ other = {} }, law) => {
  const { residenceReason: reason, movingWeeklyHours: hours, movingNetCents: net } = other;
  if (reason === undefined) return likely("§ 12a Abs. 5 AufenthG");
  if (reason === "hardship") return likely("§ 12a Abs. 5 Satz 1 Nr. 2 AufenthG");
  const basis = "§ 12a Abs. 5 Satz 1 Nr. 1 AufenthG";
  if (reason !== "job") return likely(basis);
  const [least, need] = [lawValue(law, "hours.residenceObligation"), lawValue(law, "living.residenceObligation")];
  return unlessFound(
    basis,
    ...foundIf(least !== undefined && hours !== undefined && hours < least, "residenceHoursLow"),
    ...foundIf(need !== undefined && net !== undefined && net < need, "residenceIncomeLow"),
  );
};

/** Training and work have tolerations of their own (§§ 60c, 60d AufenthG). */
const toleration: Rule = ({ other = {}, entry }, law, today) => {
  const { tolerationReason: reason, trainingStart } = other;
  if (reason === "training") {
    const months = lawValue(law, "period.trainingToleration");
    const isEarly = months !== undefined && trainingStart !== undefined && trainingStart > addMonths(today, months);
    return unlessFound("§ 60c AufenthG", ...foundIf(isEarly, "trainingTooEarly"));
  }
  if (reason === "job") {
    const last = lawDay(law, "date.employmentToleration");
    return unlessFound(
      "§ 60d AufenthG",
      ...foundIf(last !== undefined && entry !== undefined && entry > last, "jobEntryLate"),
    );
  }
  return likely("§ 60a AufenthG");
};

/** As long as somebody must live in a reception centre, the Federal Office renews the paper (§ 63 Abs. 3 AsylG). */
const asylumPaper: Rule = ({ other = {} }) =>
  unlessFound("§ 63 AsylG", ...foundIf(other.inReceptionCentre, "receptionCentreBamf"));

/** Suggested norms of conditions, papers, free movement and toleration (domain 1.9). */
export const otherBases: Readonly<Record<string, Rule>> = {
  "C-WORK": employment,
  "C-COND": plain("§ 12 Abs. 2 AufenthG"),
  "C-RES": residence,
  ...documentBases,
  ...freeMovementBases,
  "G-DULD": toleration,
  "G-GEST": asylumPaper,
};
