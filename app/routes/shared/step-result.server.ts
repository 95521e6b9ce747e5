import { formatDate } from "#app/i18n/format.ts";
import { competentOf, isElsewhere } from "#app/competence.server.ts";
import { deadlineBanner, evidenceWords, feeWords } from "#app/routes/shared/law-words.server.ts";
import { minorHelp } from "#app/routes/shared/minor-help.server.ts";
import { shortWay } from "#app/routes/shared/otherWay.server.ts";
import {
  blank,
  isSupplement,
  storedAnswers,
  tabTitle,
  wizardFrame,
  type StepAt,
} from "#app/routes/shared/step.server.ts";
import { serviceOf } from "#app/routes/shared/wizard.server.ts";
import { deadlineFor } from "#flows/law/deadline.ts";
import { evidenceFor } from "#flows/law/evidence.ts";
import { feeFor } from "#flows/law/fee.ts";
import type { FindingCode } from "#flows/law/findings.ts";
import { lawDay } from "#flows/law/law.ts";
import { legalBasisFor } from "#flows/law/legalBasis.ts";
import type { Situation } from "#flows/law/situation.ts";
import { alternativesTo, offersBeside, outcomeOf, type Outcome } from "#flows/services/outcome.ts";
import { services, type ServiceId } from "#flows/services/registry.ts";
import { situationOf } from "#flows/services/shared/situation.ts";
import { hasShortWay } from "#flows/services/short.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";

/** What the entry questions lead to: a suggestion with basis, fee, evidence and deadline, or where else to turn. */
export function viewResult(at: StepAt) {
  const { context, page, authority, wizard } = at;
  const walked = wizard.walked.answers as TriageAnswers;
  const outcome = outcomeOf(walked, wizard.setting);
  // A supplement goes to the authority that has the application, wherever the person lives by now.
  const elsewhere =
    !isSupplement(at) && isElsewhere(context, authority, wizard.walked.answers)
      ? {
          name: competentOf(context, wizard.walked.answers)?.name ?? "",
          href: `/${page.language}/${authority.id}/not-responsible`,
        }
      : undefined;
  const id = serviceOf(at.open?.draft.content ?? blank, outcome);
  const suggestion = id === undefined ? undefined : suggestionOf(at, id);
  const canBeShort =
    suggestion &&
    hasShortWay(suggestion.service) &&
    !elsewhere &&
    !isSupplement(at) &&
    authority.transport.kind !== "none";
  const words = suggestion ?? {
    title: page.say(`services:outcome.${outcomeReason(outcome)}.title`, datesOf(at)),
    text: page.say(`services:outcome.${outcomeReason(outcome)}.text`, datesOf(at)),
  };
  return {
    kind: "result" as const,
    title: tabTitle(page, words.title, false),
    wizard: wizardFrame(at),
    heading: words.title,
    text: words.text,
    suggestion,
    deadline: deadlineOf(at, id, outcome),
    elsewhere,
    help: outcomeReason(outcome) === "unaccompaniedMinor" ? minorHelp(page, authority) : undefined,
    authority: {
      name: authority.name,
      office: authority.office,
      phone: authority.contact.phone,
      address: authority.contact.address,
    },
    shortWay: canBeShort ? shortWay(page, authority, wizard) : undefined,
    isConnected: authority.transport.kind !== "none",
    checklistHref: suggestion && !elsewhere ? `/${page.language}/${authority.id}/checklist` : undefined,
    laterHref: at.open ? `/${page.language}/${authority.id}/save-code?leave=yes` : undefined,
    counselling: id === undefined ? undefined : counsellingOf(at, id),
    others: otherServices(at, id === undefined ? offersBeside(outcome) : alternativesTo(id, walked)),
    startHref: suggestion && !elsewhere ? `/${page.language}/${authority.id}/${suggestion.service}` : undefined,
    changeHref: `${wizard.base}/${changedAt[outcomeReason(outcome)] ?? wizard.flow.initial}`,
  };
}
export type ResultView = ReturnType<typeof viewResult>;

/** Pages whose answer the words of an outcome ask to change; everybody else begins again with the first one. */
const changedAt: Readonly<Record<string, string>> = {
  ukraineContinues: "ukraineTitle",
  ukraineLimitedPermit: "purpose",
  unaccompaniedMinor: "ukraineArrival",
  registrationFirst: "ukraineArrival",
};

function outcomeReason(outcome: Outcome): string {
  return outcome.outcome === "application" ? "" : outcome.reason;
}

function situationAt(at: StepAt, id: ServiceId): Situation {
  const answers = { ...at.wizard.walked.answers, ...pick(storedAnswers(at), situationFields) };
  return services[id].situation({ ...at.facts, answers });
}

/** A title ends for people, too, whose wish nobody takes online: they have to be in time elsewhere. */
function deadlineOf(at: StepAt, id: ServiceId | undefined, outcome: Outcome) {
  const { law, today } = at.facts;
  if (id !== undefined) return deadlineBanner(deadlineFor(situationAt(at, id), law, today), at.page);
  if (outcomeReason(outcome) !== "serviceNotOnline") return undefined;
  const answers = at.wizard.walked.answers as TriageAnswers;
  const situation = situationOf("", answers, answers.purpose === "work" ? { work: {} } : {});
  return deadlineBanner(deadlineFor(situation, law, today), at.page);
}

function suggestionOf(at: StepAt, id: ServiceId) {
  const { page, facts } = at;
  const situation = situationAt(at, id);
  const { law, today } = facts;
  const basis = legalBasisFor(situation, law, today);
  const asked = evidenceFor(situation, law, today);
  return {
    service: id,
    title: page.say(`services:${id}.title`),
    text: page.say(`services:${id}.lead`),
    basis: basis.basis,
    findings: basis.findings
      .filter((code) => !openFindings.includes(code))
      .map((code) => page.say(`law:finding.${code}`)),
    fee: feeWords(feeFor(situation, law, today), page),
    required: asked.filter((item) => item.need === "required").map((item) => evidenceWords(item, page)),
    conditional: asked.filter((item) => item.need !== "required").map((item) => evidenceWords(item, page)),
  };
}

/** Where people find advice before the first question of a sensitive service (architecture 9). */
function counsellingOf({ page, authority, context }: StepAt, id: ServiceId) {
  const own = `services:${id}.counselling`;
  if (!page.has(`${own}.title`)) return undefined;
  const links = [...authority.counselling, ...context.app.config.operator.help.counselling];
  return {
    title: page.say(`${own}.title`),
    texts: [page.say(`${own}.text`), page.say(`${own}.phones`)],
    links: links.map(({ name, url }) => ({ href: url, label: name })),
  };
}

/** Those of some services that are on offer here: what a person may have meant instead, or may want beside it. */
function otherServices({ page, wizard }: StepAt, ids: readonly ServiceId[]): { title: string; text: string }[] {
  const { settings } = wizard.setting;
  return ids
    .filter((id) => settings.services.includes(id))
    .map((id) => ({ title: page.say(`services:${id}.title`), text: page.say(`services:${id}.lead`) }));
}

/** Days of the law that the words of an outcome may name. */
function datesOf({ page, facts }: StepAt): Record<string, string> {
  const days = { date: "date.ukraineContinuation", euDate: "date.ukraineProtectionEu" };
  return Object.fromEntries(
    Object.entries(days).map(([name, row]) => {
      const day = lawDay(facts.law, row);
      return [name, day === undefined ? "–" : formatDate(day, page.language)];
    }),
  );
}

/** What only the application asks: to name it before would worry people for nothing. */
const openFindings: readonly FindingCode[] = ["salaryUnknown", "lowerThresholdOpen", "degreeOpen"];

/** Answers of an earlier round that make the suggestion sharper, when a person comes back to this page. */
const situationFields = ["dateOfBirth", "entryDateCurrent"];

function pick(answers: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.flatMap((name) => (answers[name] === undefined ? [] : [[name, answers[name]]])));
}
