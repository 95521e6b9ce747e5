import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { z } from "zod";
import { badFile } from "#app/cli/persona/fault.ts";
import { isIsoDate } from "#flows/engine/dates.ts";
import { evidenceCodes, type EvidenceCode } from "#flows/engine/evidence.ts";
import { isServiceId } from "#flows/services/registry.ts";
import { isLanguage, type Language } from "#locales/languages.ts";

const question = z.strictObject({
  id: z.string().min(1),
  kind: z.enum(["yesNo", "choice", "text", "date"]),
  label: z.string().default(""),
  hint: z.string().optional(),
  options: z.array(z.strictObject({ id: z.string(), label: z.string().default("") })).optional(),
  optional: z.boolean().default(false),
});

const settings = z
  .strictObject({
    services: z.array(z.string()),
    extraQuestions: z.array(question),
    askOffences: z.boolean(),
    postalDelivery: z.boolean(),
    militaryQuestion: z.boolean(),
    registrationFirst: z.boolean(),
  })
  .partial();

const typedValues = z.record(z.string(), z.unknown());
const handedIn = z.union([z.array(z.string().min(1)), z.literal("later")], {
  error: 'is neither a list of files nor "later"',
});
const isEvidenceCode = (code: string): code is EvidenceCode => (evidenceCodes as readonly string[]).includes(code);

/** What one file may say; everything may come from the file that it extends. */
const layer = z
  .strictObject({
    name: z.string().min(1),
    today: z.string().refine(isIsoDate, "is not a date YYYY-MM-DD"),
    language: z.string().refine(isLanguage, "is no language of the service"),
    extends: z.string().min(1),
    authority: z.string().min(1),
    service: z.string().refine(isServiceId, { error: (issue) => `"${String(issue.input)}" is no service` }),
    settings,
    answers: typedValues,
    uploads: z.record(z.string(), handedIn),
    expect: typedValues,
  })
  .partial();
type Layer = z.infer<typeof layer>;

/** A person as a check describes them: what they would type and upload, nothing derived (architecture 11). */
export type Persona = {
  name: string;
  /** Calendar date of the check. */
  today: string;
  language: Language;
  /** Id of the authority whose pages the person opens; missing = the competent one. */
  authority?: string | undefined;
  service?: string | undefined;
  settings: z.infer<typeof settings>;
  answers: Readonly<Record<string, unknown>>;
  /** Absolute file paths, or the word that it comes later. */
  uploads: ReadonlyMap<EvidenceCode, readonly string[] | "later">;
  expect?: Readonly<Record<string, unknown>> | undefined;
};

function readLayer(path: string): Layer {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw badFile(`${path}: ${error instanceof SyntaxError ? `is not JSON: ${error.message}` : "cannot be read"}`);
  }
  const parsed = layer.safeParse(content);
  if (parsed.success) return { ...parsed.data, uploads: located(parsed.data.uploads ?? {}, dirname(path)) };
  const issues = parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`.trim());
  throw badFile(`${path}: ${issues.join("; ")}`);
}

/** File names as paths: they lie in `files` beside the persona, or beside the persona itself. */
function located(uploads: NonNullable<Layer["uploads"]>, folder: string): NonNullable<Layer["uploads"]> {
  const locate = (name: string): string => {
    const usual = join(folder, "files", name);
    return existsSync(usual) ? usual : resolve(folder, name);
  };
  return Object.fromEntries(
    Object.entries(uploads).map(([code, given]) => [code, given === "later" ? given : given.map(locate)]),
  );
}

/** A file with all that it extends, the nearer file first in every field. What is to be expected is never inherited. */
function withBase(path: string, above: readonly string[] = []): Layer {
  if (above.includes(path)) throw badFile(`${path}: extends itself`);
  const own = readLayer(path);
  if (own.extends === undefined) return own;
  const { expect: _of, service: _wanted, ...base } = withBase(resolve(dirname(path), own.extends), [...above, path]);
  return {
    ...base,
    ...own,
    settings: { ...base.settings, ...own.settings },
    answers: { ...base.answers, ...own.answers },
    uploads: { ...base.uploads, ...own.uploads },
  };
}

/**
 * Reads a persona file with everything it extends. An answer of `null` says that the person leaves the field empty.
 * @throws PersonaFault 2 that names what is wrong
 */
export function loadPersona(path: string): Persona {
  const {
    name = basename(path, ".json"),
    today,
    language,
    answers = {},
    uploads = {},
    ...rest
  } = withBase(resolve(path));
  if (today === undefined) throw badFile(`${path}: today is missing`);
  if (!isLanguage(language)) throw badFile(`${path}: language is missing`);
  const given = Object.entries(uploads).map(([code, files]) => {
    if (!isEvidenceCode(code)) throw badFile(`${path}: uploads.${code} is no evidence code`);
    return [code, files] as const;
  });
  return {
    name,
    today,
    language,
    authority: rest.authority,
    service: rest.service,
    settings: rest.settings ?? {},
    answers: Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== null)),
    uploads: new Map(given),
    expect: rest.expect,
  };
}
