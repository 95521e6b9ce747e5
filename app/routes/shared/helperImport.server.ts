import { createHash, randomBytes } from "node:crypto";
import { data } from "@remix-run/node";
import type { Authority } from "#app/config/authority.ts";
import { settingsOf } from "#app/config/settings.ts";
import type { RequestContext } from "#app/http.server.ts";
import type { ImportFormView } from "#app/components/operator/ImportForm.tsx";
import type { FamilyLine, ImportReportView, WrongLine } from "#app/components/operator/ImportReport.tsx";
import { fileText, importText } from "#app/i18n/importWords.ts";
import { importableAt } from "#app/import/authorities.ts";
import { MOST_BYTES } from "#app/import/read.ts";
import { csvHead, csvLines, reportLines, type ReportLine } from "#app/import/report.ts";
import { importFile, type FamilyResult, type ImportReport } from "#app/import/run.server.ts";
import { codeAsText } from "#app/import/sheets.ts";
import { drain, readUpload, type PostedFile } from "#app/routes/shared/form.server.ts";
import type { HelperRequest } from "#app/routes/shared/helperPage.server.ts";
import { recordAudit } from "#app/staff/scope.server.ts";
import { ACCESS_BYTES } from "#app/store/access-code.ts";
import { derive } from "#app/store/seal.server.ts";
import type { ExtraQuestion } from "#flows/engine/facts.ts";
import type { FormValues } from "#flows/engine/forms.ts";

const SEED_BYTES = 16;

const theirs = ({ authorities }: HelperRequest) => importableAt(authorities);

/** The form that sends a file; the only authority is chosen already. */
export function importForm(
  asked: HelperRequest,
  form: FormValues = {},
  errors: ImportFormView["errors"] = {},
): ImportFormView {
  const authorities = theirs(asked).map(({ id, name }) => ({ value: id, label: name }));
  const [only, ...others] = authorities;
  const chosen = form["authority"]?.[0] ?? (others.length === 0 ? only?.value : undefined);
  return { authorities, chosen, errors, seed: seedOf(form).toString("base64url") };
}

/** The seed of a form that was sent, or a new one. */
function seedOf(form: FormValues): Buffer {
  const sent = Buffer.from(form["seed"]?.[0] ?? "", "base64url");
  return sent.length === SEED_BYTES ? sent : randomBytes(SEED_BYTES);
}

/** The access code of a family: derived from the form that it came by, so that a lost answer does not lose it. */
function codeFrom(seed: Uint8Array, authority: Authority, said: string): Uint8Array {
  const family = createHash("sha256").update(said).digest("base64url");
  return derive(seed, `family ${authority.id} ${family}`, ACCESS_BYTES);
}

/** A posted file in memory; one that is too large is read to its end and dropped. */
async function bytesOf(file: PostedFile): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of file.stream) {
    size += chunk.length;
    chunks.push(chunk);
    if (size > MOST_BYTES) {
      await drain(file);
      return new Uint8Array(MOST_BYTES + 1);
    }
  }
  return Buffer.concat(chunks);
}

const isWrong = ({ state }: ReportLine) => state === "wrong";

function wrongLine({ row, family, person, column, text }: ReportLine, index: number): WrongLine {
  return { key: String(index), row: String(row ?? ""), family, person, column, ...text };
}

const referenceOf = ({ reference }: FamilyResult["persons"][number]): string[] => (reference ? [reference] : []);

function familyLine({ id, state, persons, accessCode = "" }: FamilyResult): FamilyLine[] {
  if (state === "stopped") return [];
  return [
    {
      key: String(persons[0]?.row ?? id),
      family: id,
      state: { tone: state === "filed" ? "success" : "info", label: importText("states", state).de },
      persons: persons.map(({ name, reference = "" }) => ({ name, reference })),
      code: accessCode,
      sheet: accessCode === "" ? "" : codeAsText({ code: accessCode, references: persons.flatMap(referenceOf) }),
    },
  ];
}

function reportView(
  report: ImportReport,
  { words }: HelperRequest,
  questions: readonly ExtraQuestion[],
  day: string,
): ImportReportView {
  if (!report.ok) return { ok: false, ...fileText(report.problem) };
  const lines = reportLines(report, questions);
  const csv = Buffer.from(csvHead + csvLines(lines, questions)).toString("base64");
  return {
    ok: true,
    counts: words.say("operator:helper.import.counts", { ...report.counts }),
    csv: { href: `data:text/csv;charset=utf-8;base64,${csv}`, name: `import-${day}.csv` },
    wrong: lines.filter(isWrong).map(wrongLine),
    families: report.families.flatMap(familyLine),
  };
}

/** Reads a posted file and files what it holds. What was chosen wrongly comes back with the form. */
export async function importPosted(context: RequestContext, asked: HelperRequest, request: Request) {
  const { app } = context;
  const { words, inScope, staff } = asked;
  const { form, taken } = await readUpload(request, context, bytesOf);
  const [bytes] = taken;
  const authority = theirs(asked).find(({ id }) => id === form["authority"]?.[0]);
  if (!authority || !bytes) {
    const missing = (name: "authority" | "file", isThere: boolean) =>
      isThere ? {} : { [name]: words.say("errors:required", { label: words.say(`operator:helper.import.${name}`) }) };
    const errors = { ...missing("authority", authority !== undefined), ...missing("file", bytes !== undefined) };
    return data({ form: importForm(asked, form, errors), report: undefined }, { status: 422 });
  }
  await inScope((tx) => recordAudit(tx, staff, "helper.import", null, authority.id));
  const seed = seedOf(form);
  const report = await importFile(app, { authority, bytes, codeFor: ({ said }) => codeFrom(seed, authority, said) });
  const view = reportView(report, asked, settingsOf(authority, "de").extraQuestions, app.today());
  // The next file gets codes of its own.
  const next = importForm(asked, { authority: [authority.id] });
  return data({ form: next, report: view }, { status: report.ok ? 200 : 422 });
}
