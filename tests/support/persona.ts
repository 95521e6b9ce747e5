import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const FOLDER = fileURLToPath(new URL("../personas", import.meta.url));

const answersSchema = z.record(z.string(), z.unknown());
const personaSchema = z.object({
  authority: z.string(),
  answers: answersSchema,
  uploads: z.record(z.string(), z.union([z.array(z.string()), z.literal("later")])),
});

/** Values by field id, as a person would give them. */
export type Answers = z.infer<typeof answersSchema>;

/** A person of `tests/personas`, as far as tests type and hand in what the file says; file names are absolute paths. */
export type TestPersona = {
  language: string;
  authority: string;
  answers: Answers;
  uploads: ReadonlyMap<string, string[]>;
};

/** Reads a persona who uses the service in a language. Evidence that comes later has an empty list of files. */
export function readPersona(name: string, language: string): TestPersona {
  const { authority, answers, uploads } = personaSchema.parse(
    JSON.parse(readFileSync(join(FOLDER, `${name}.json`), "utf8")),
  );
  const files = Object.entries(uploads).map(
    ([code, given]) => [code, given === "later" ? [] : given.map((file) => join(FOLDER, "files", file))] as const,
  );
  return { language, authority, answers, uploads: new Map(files) };
}

/** Where a file of the personas lies. */
export const personaFile = (name: string): string => join(FOLDER, "files", name);

const DATE_PARTS: readonly (string | undefined)[] = ["year", "month", "day"];
/** Nobody can file without these ticks, so no persona says them. */
const ALWAYS: Answers = { declareTrue: true, declareDuties: true };

/** What the person puts into a control, or which of its answers they choose; nothing to leave it as it is. */
export function entriesFor(control: string, answers: Answers): string[] {
  const [field = "", part] = control.split(".");
  const value = answers[field] ?? ALWAYS[field];
  if (value === undefined || value === null) return [];
  if (DATE_PARTS.includes(part)) return [String(value).split("-")[DATE_PARTS.indexOf(part)] ?? ""].filter(Boolean);
  if (typeof value === "boolean") return [value ? "yes" : "no"];
  if (!Array.isArray(value)) return [String(value)];
  const list = value.map(String);
  return part === undefined ? list : list.slice(Number(part), Number(part) + 1);
}

/** Entries of a group, one set of answers each. */
export function itemsFor(group: string, { answers }: TestPersona): Answers[] {
  return z.array(answersSchema).parse(answers[group] ?? []);
}

/** Where an address stands: `item` on a page of an entry of the group `step`. */
export type Place = { wizard: string; step: string; item: string | undefined };

/** Reads a place from `/:lng/:authority/:wizard/:step` or `…/:group/:item/:step`. */
export function placeOf(address: string | URL): Place {
  const [, , , wizard = "", step = "", item] = new URL(address).pathname.split("/");
  return { wizard, step, item };
}
