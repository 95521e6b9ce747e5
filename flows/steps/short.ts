import { page, type Facts, type Problems } from "#flows/engine/facts.ts";
import { conditional } from "#flows/engine/fields.ts";
import { address, contact } from "#flows/steps/contact.ts";
import { noPassport, passport, passportDetails } from "#flows/steps/papers.ts";
import { birth, name, representation } from "#flows/steps/person.ts";
import { isSurelyMinor } from "#flows/steps/rules.ts";
import { isForPurpose, isLimitedTitle, isToldByPaper } from "#flows/steps/titles.ts";
import * as triage from "#flows/steps/triage.ts";
import type { TitleKind } from "#flows/law/situation.ts";

/*
 * The pages of the short path (domain 7): few questions, each with the definition that the long wizard gives it, so that
 * one draft serves both. What the long wizard asks on a page of its own stands here as a conditional field.
 */

/** The fields of a page that must be answered now; `answers` are those that the page asks for. */
function required(answers: Readonly<Record<string, unknown>>, names: readonly string[]): Problems {
  return Object.fromEntries(names.filter((field) => answers[field] === undefined).map((field) => [field, "required"]));
}

/** Place, person and nationality: who is competent, and for whom. */
export const where = page("start", {
  ...triage.place.fields,
  ...triage.applicant.fields,
  ...triage.nationality.fields,
});

const titleEnds = ({ answers }: Facts) => isLimitedTitle(answers["currentTitleType"] as TitleKind | undefined);
const hasPurpose = ({ answers }: Facts) => {
  const request = String(answers["request"]);
  return isForPurpose(request) && !isToldByPaper(answers["currentTitleType"] as TitleKind | undefined, request);
};
const wantsFor = (purpose: string) => (facts: Facts) => hasPurpose(facts) && facts.answers["purpose"] === purpose;

/** What the wish asks in detail, and of whom: the same questions that the long way has on pages of their own. */
const details: Readonly<Record<string, (facts: Facts) => boolean>> = {
  titleValidUntil: titleEnds,
  purpose: hasPurpose,
  workGoal: wantsFor("work"),
  studyGoal: wantsFor("study"),
  familyGoal: (facts) => wantsFor("family")(facts) && facts.answers["familyOf"] !== "german",
  protectionGoal: wantsFor("protection"),
  opportunityTarget: (facts) => wantsFor("protection")(facts) && facts.answers["protectionGoal"] === "opportunityRight",
  settlementGoal: ({ answers }) => answers["request"] === "permanent",
};

/** The present title and what is wanted: an application needs no form, but a wish (domain 7). */
export const wish = page(
  "start",
  {
    ...triage.currentTitle.fields,
    titleValidUntil: conditional(triage.titleValidity.fields.titleValidUntil),
    ...triage.request.fields,
    ...triage.euFamily.fields,
    purpose: conditional(triage.purpose.fields.purpose),
    workGoal: conditional(triage.workPurpose.fields.workGoal),
    studyGoal: conditional(triage.studyPurpose.fields.studyGoal),
    familyGoal: conditional(triage.familyPurpose.fields.familyGoal),
    protectionGoal: conditional(triage.protectionPurpose.fields.protectionGoal),
    opportunityTarget: conditional(triage.opportunityTarget.fields.opportunityTarget),
    settlementGoal: conditional(triage.settlementPurpose.fields.settlementGoal),
  },
  (answers, facts) =>
    required(
      answers,
      Object.keys(details).filter((field) => details[field]?.(facts)),
    ),
  details,
);

const isRepresented = ({ answers, today }: Facts) =>
  (answers["applicantIs"] !== undefined && answers["applicantIs"] !== "self") ||
  isSurelyMinor(typeof answers["dateOfBirth"] === "string" ? answers["dateOfBirth"] : undefined, today);

const { familyName, noFamilyName, givenNames, noGivenNames } = name.fields;
const { dateOfBirth, dateOfBirthUnknown } = birth.fields;
const represented = {
  representativeRole: conditional(representation.fields.representativeRole),
  representativeFamilyName: conditional(representation.fields.representativeFamilyName),
  representativeGivenNames: conditional(representation.fields.representativeGivenNames),
  declareAuthorised: conditional(representation.fields.declareAuthorised),
};
const representedNames = Object.keys(represented);

/** The person, and who files for them (§ 80 AufenthG). */
export const who = page(
  "person",
  { familyName, noFamilyName, givenNames, noGivenNames, dateOfBirth, dateOfBirthUnknown, ...represented },
  (answers, facts) => ({
    ...name.check(answers, facts),
    ...only(birth.check(answers, facts), ["dateOfBirth", "dateOfBirthUnknown"]),
    ...(isRepresented(facts) ? required(answers, representedNames) : {}),
  }),
  Object.fromEntries(representedNames.map((field) => [field, isRepresented])),
);

function only(problems: Problems, names: readonly string[]): Problems {
  return Object.fromEntries(Object.entries(problems).filter(([field]) => names.includes(field)));
}

const hasPaper = ({ answers }: Facts) => answers["docType"] !== "none";
const hasNone = (facts: Facts) => !hasPaper(facts);
const { number, issuingState, validUntil, unlimited } = passportDetails.fields;

/** The identity paper, or why there is none (§ 3 AufenthG). */
export const paper = page(
  "passport",
  {
    ...passport.fields,
    number: conditional(number),
    issuingState: conditional(issuingState),
    validUntil,
    unlimited,
    noPassportReason: conditional(noPassport.fields.noPassportReason),
    noPassportDetails: noPassport.fields.noPassportDetails,
  },
  (answers, facts) =>
    hasPaper(facts)
      ? { ...passportDetails.check(answers, facts), ...required(answers, ["number", "issuingState"]) }
      : required(answers, ["noPassportReason"]),
  {
    number: hasPaper,
    issuingState: hasPaper,
    validUntil: hasPaper,
    unlimited: hasPaper,
    noPassportReason: hasNone,
    noPassportDetails: hasNone,
  },
);

const { street, houseNo, addressSuffix, coName } = address.fields;
const { email, emailRepeat, phone } = contact.fields;

/** People who may be in danger get no e-mail that somebody else could read (architecture 9). */
const mayHaveEmail = ({ answers }: Facts) =>
  answers["familyGoal"] !== "ownRight" &&
  answers["protectionGoal"] !== "urgentStay" &&
  answers["currentTitleType"] !== "noStatus";

/** Address and, voluntarily, the quick ways to reach the person. */
export const reach = page(
  "contact",
  { street, houseNo, addressSuffix, coName, email, emailRepeat, phone },
  contact.check,
  { email: mayHaveEmail, emailRepeat: mayHaveEmail },
);
