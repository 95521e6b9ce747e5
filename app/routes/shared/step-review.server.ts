import { redirect } from "@remix-run/node";
import { isElsewhere } from "#app/competence.server.ts";
import { germanDemoMark, germanPdfWords, germanServiceTitle } from "#app/i18n/words.ts";
import { fileApplication } from "#app/outbox/submit.server.ts";
import { codesOf } from "#app/routes/shared/askedEvidence.server.ts";
import { displayRow, type DisplayRow } from "#app/routes/shared/display.server.ts";
import { requireDraft, saveDraft } from "#app/routes/shared/draft.server.ts";
import { readForm } from "#app/routes/shared/form.server.ts";
import { standingOf } from "#app/routes/shared/household.server.ts";
import { deadlineBanner, evidenceWords } from "#app/routes/shared/law-words.server.ts";
import { questionsOf } from "#app/routes/shared/questions.server.ts";
import { refuse } from "#app/routes/shared/refused.server.ts";
import { settingOf } from "#app/routes/shared/request.server.ts";
import { isSupplement, storedAnswers, tabTitle, wizardFrame, type StepAt } from "#app/routes/shared/step.server.ts";
import { entryOf, forgetMissingFiles } from "#app/routes/shared/upload.server.ts";
import { replaced, typedOnly } from "#app/routes/shared/step-questions.server.ts";
import { evidenceAnswers } from "#flows/engine/evidence.ts";
import type { Problems } from "#flows/engine/facts.ts";
import { readFields, type FormValues } from "#flows/engine/forms.ts";
import { fieldsOf, parsePage } from "#flows/engine/parse.ts";
import { summaryOf, type SummaryBlock } from "#flows/engine/summary.ts";
import { walk } from "#flows/engine/walk.ts";
import { deadlineFor } from "#flows/law/deadline.ts";
import { hintsOf } from "#flows/services/hints.ts";
import { qualityOf } from "#flows/quality/report.ts";
import { walkService } from "#flows/services/service.ts";
import { askedLater, laterForAll, minimalWalk, short } from "#flows/services/short.ts";
import { triage } from "#flows/services/triage.ts";

type Block = { section: string; title: string; rows: DisplayRow[]; editHref: string };

function blockOf(at: StepAt, { step, section, rows, items }: SummaryBlock, base: string, from: string): Block[] {
  const settings = at.wizard.setting.settings;
  const editHref = `${base}/${step}${from}`;
  const title = at.page.say(`steps:${step}.title`);
  if (!items)
    return rows.length === 0
      ? []
      : [{ section, title, rows: rows.map((row) => displayRow(row, at.page, settings)), editHref }];
  const group = at.page.say(`steps:${step}.group`);
  if (items.length === 0) return [{ section, title, rows: [{ label: group, value: "–" }], editHref }];
  return items.map((item, index) => ({
    section,
    title: `${group} ${index + 1}`,
    rows: item.rows.map((row) => displayRow(row, at.page, settings)),
    editHref,
  }));
}

/** What the short path leaves for later: everything that the service asks and that is not there yet. */
function laterOf(at: StepAt) {
  const { page, wizard, facts } = at;
  if (wizard.id !== short.id || !wizard.service) return undefined;
  const asked = askedLater(wizard.service, facts);
  const evidence = laterForAll(asked, evidenceAnswers(storedAnswers(at)["evidence"]));
  const items = asked.filter(({ code }) => evidence[code]?.later !== undefined);
  return items.map((item) => ({ ...evidenceWords(item, page), code: item.code }));
}

function evidenceBlock(at: StepAt): Block {
  const evidence = evidenceAnswers(at.wizard.walked.answers["evidence"]);
  const asked = (at.wizard.flow.evidence?.(at.facts) ?? []).flatMap(codesOf);
  const rows = asked.flatMap((code) => {
    const entry = entryOf(evidence, code);
    if (entry.files.length === 0 && entry.later === undefined) return [];
    const value =
      entry.files.length > 0
        ? entry.files.map(({ name }) => name)
        : [at.page.say("common:upload.state.later"), entry.later ?? ""].filter(Boolean);
    return [{ label: at.page.say(`evidence:${code}.title`), value }];
  });
  return {
    section: "documents",
    title: at.page.say("steps:evidence.title"),
    rows,
    editHref: `${at.wizard.base}/evidence?from=review`,
  };
}

/** Names of files that the application asks for and of which a part is missing: they would not be sent. */
function unfinishedOf({ open, wizard, facts }: StepAt): string[] {
  const asked = new Set((wizard.flow.evidence?.(facts) ?? []).flatMap(codesOf));
  return Object.values(open?.draft.content.pending ?? {}).flatMap(({ code, name }) => (asked.has(code) ? [name] : []));
}

/** Everything that was answered, section by section. */
function sectionsOf(at: StepAt) {
  const { wizard, page, authority, facts } = at;
  const isShort = wizard.id === short.id;
  const entry = walk(triage, storedAnswers(at), wizard.setting);
  const entryBase = `/${page.language}/${authority.id}/triage`;
  const start = isShort
    ? []
    : summaryOf(triage, entry, facts).flatMap((block) => blockOf(at, block, entryBase, "?from=review"));
  const own = summaryOf(wizard.flow, wizard.walked, facts)
    .filter(({ step }) => step !== at.step)
    .flatMap((block) => blockOf(at, block, wizard.base, "?from=review"));
  const blocks = [...start, ...own, ...(isShort ? [] : [evidenceBlock(at)])];
  return [...new Set(blocks.map(({ section }) => section))].map((section) => ({
    title: page.say(`steps:sections.${section}`),
    blocks: blocks.filter((block) => block.section === section),
  }));
}

const levels = { good: "pages:quality.good", check: "pages:quality.check", missing: "pages:quality.missing" } as const;

/** The report on the data, if there is something in it to look at again. */
function qualityView({ page, facts }: StepAt) {
  const report = qualityOf(facts);
  if (report.every(({ level }) => level === "good")) return [];
  return report.map(({ code, field, level }) => ({
    level: page.say(levels[level]),
    text: page.say(`services:quality.${code}`, { label: field === undefined ? "" : page.say(`fields:${field}.label`) }),
  }));
}

function view(at: StepAt, refused?: { form: FormValues; problems: Problems }) {
  const { page, wizard, definition, context, authority, facts } = at;
  const asked = questionsOf(at.step, definition, page, wizard.setting.settings, storedAnswers(at), refused);
  const situation = wizard.service?.situation(facts);
  const german = Object.keys(fieldsOf(definition, facts)).map((name) => ({
    name,
    text: germanPdfWords.declaration(name),
  }));
  return {
    kind: "review" as const,
    title: tabTitle(page, asked.title, asked.problems.length > 0),
    wizard: wizardFrame(at),
    asked,
    german: page.language === "de" ? [] : german,
    sections: sectionsOf(at),
    later: laterOf(at),
    unfinished: {
      names: unfinishedOf(at),
      link: { href: `${wizard.base}/evidence?from=review`, label: page.say("steps:evidence.title") },
    },
    deadline: situation && deadlineBanner(deadlineFor(situation, facts.law, facts.today), page),
    token: context.formToken,
    quality: qualityView(at),
    hints: hintsOf(facts.answers, facts.today).map((code) => ({
      title: page.say(`services:hints.${code}.title`),
      text: page.say(`services:hints.${code}.text`),
    })),
    householdHref: `/${page.language}/${authority.id}/household`,
    draftPdfHref: `/${page.language}/${authority.id}/draft.pdf`,
    canSubmit: authority.transport.kind !== "none",
  };
}
export type ReviewView = ReturnType<typeof view>;

/** Everything at a glance before it is filed. */
export function viewReview(at: StepAt): ReviewView {
  return view(at);
}

/** Saves the declarations and files the application, once however often it is pressed. */
export async function submitReview(at: StepAt, request: Request) {
  const { context, page, authority, wizard, definition, facts } = at;
  const form = await readForm(request, context);
  const open = await requireDraft(context, page, authority);
  const fields = fieldsOf(definition, facts);
  const parsed = parsePage(definition, readFields(fields, form), facts);
  if (!parsed.ok) return refuse(context, view(at, { form: typedOnly(fields, form), problems: parsed.problems }));
  if (!isSupplement(at) && isElsewhere(context, authority, storedAnswers(at)))
    throw redirect(`/${page.language}/${authority.id}/not-responsible`);
  const { service } = wizard;
  if (!service) throw redirect(wizard.base);
  await saveDraft(context, open.holder, (content) => ({
    answers: replaced(content.answers, fields, parsed.answers),
    service: wizard.id,
    version: service.version,
    language: page.language,
  }));
  const setting = settingOf(context, authority, "de", open.draft.content);
  const filed = await fileApplication(context.app, {
    holder: open.holder,
    authority,
    service,
    serviceTitle: germanServiceTitle(service.id),
    language: page.language,
    words: germanPdfWords,
    demo: germanDemoMark(context.app.env),
    ...(await standingOf(context)),
    walk: (draft) => ({
      walked:
        wizard.id === short.id
          ? minimalWalk(service, draft.content.answers, setting)
          : walkService(service, draft.content.answers, setting),
      facts: { ...setting, answers: {} },
    }),
  });
  if (filed.ok) throw redirect(`/${page.language}/${authority.id}/receipt`);
  if (filed.reason === "filesMissing") {
    await forgetMissingFiles(context, open);
    throw redirect(wizard.id === short.id ? wizard.base : `${wizard.base}/evidence?from=review`);
  }
  if (filed.reason === "noCase") throw redirect(`/${page.language}/status`);
  throw redirect(filed.reason === "noDraft" ? `/${page.language}/session-ended` : wizard.base);
}
