import { createHash } from "node:crypto";
import type { AppLoadContext } from "@remix-run/node";
import type { Problem } from "#app/components/ErrorSummary.tsx";
import { readForm, readUpload, type PostedFile } from "#app/routes/shared/form.server.ts";
import type { Page } from "#app/routes/shared/request.server.ts";
import { parseReference } from "#app/store/access-code.ts";
import { firstControl, readField, type FormValues } from "#flows/engine/forms.ts";
import { birth } from "#flows/steps/person.ts";

/** The ways to check a receipt: by its reference, by the PDF of the application, by the signed text of its QR code. */
const ways = ["reference", "file", "receipt"] as const;
export type Way = (typeof ways)[number];

/** What is to be checked: a reference in its written form, the SHA-256 of a file in hex, or a signed text. */
export type Proof = { way: Way; value: string };

/** The way that an address or a form names; the first one otherwise. */
export function wayOf(name: string | null | undefined): Way {
  return ways.find((way) => way === name) ?? ways[0];
}

/** The address of the form of a way. */
export const wayPath = ({ language }: Page, way: Way): string => `/${language}/verify?way=${way}`;

/** All ways with their addresses. */
export function wayLinks(page: Page) {
  return ways.map((id) => ({ id, href: wayPath(page, id), title: page.say(`pages:verify.ways.${id}`) }));
}

/** The control of a form that holds the value of a proof again, without the file that it may have come from. */
export const controlOf = (way: Way): string => (way === "file" ? "sha256" : way);

// The service's own PDFs are far smaller.
const MAX_PDF_BYTES = 20_000_000;

/** Reads the posted form. A file in it is hashed while it comes in and is nowhere whole, neither in memory nor on disk. */
export async function readQuestion(request: Request, context: AppLoadContext): Promise<FormValues> {
  const isUpload = /^multipart\/form-data/i.test(request.headers.get("content-type") ?? "");
  if (!isUpload) return readForm(request, context);
  const { form, taken } = await readUpload(request, context, hashed);
  return { ...form, ...taken[0] };
}

/** The hash of a file, in the control in which a browser with script posts it. */
async function hashed({ stream }: PostedFile): Promise<FormValues> {
  const hash = createHash("sha256");
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > MAX_PDF_BYTES) return { tooLarge: ["yes"] };
    hash.update(chunk);
  }
  return { sha256: [hash.digest("hex")] };
}

/** The signed text in what was typed, pasted or scanned: alone, broken over lines, or behind the `#` of the address. */
export function receiptTextIn(typed: string): string {
  return typed.slice(typed.lastIndexOf("#") + 1).replace(/\s/g, "");
}

/** The proof in a posted form, or what to mend. A mistyped reference shows by its check characters, known or not. */
export function proofIn(form: FormValues, page: Page): Proof | Problem {
  const way = wayOf(form["way"]?.[0]);
  const typed = (form[controlOf(way)]?.[0] ?? "").trim();
  const say = (key: string) => ({ control: way, message: page.say(key) });
  switch (way) {
    case "reference": {
      if (typed === "") return say("pages:verify.referenceMissing");
      const value = parseReference(typed);
      return value === undefined ? say("pages:status.referenceMistyped") : { way, value };
    }
    case "file":
      if (form["tooLarge"]) return say("pages:verify.fileTooLarge");
      return /^[0-9a-f]{64}$/.test(typed) ? { way, value: typed } : say("pages:verify.fileMissing");
    case "receipt": {
      const value = receiptTextIn(typed);
      return value === "" ? say("pages:verify.missing") : { way, value };
    }
  }
}

/** A person to compare with a receipt, as an applicant's answers name one. */
export type TypedHolder = { familyName?: string; givenNames?: string; dateOfBirth?: string };

const { dateOfBirth: birthDate } = birth.fields;

/** Name and birth date in a posted form, or what to mend: at least one name, and a date unless it is unknown. */
export function holderIn(form: FormValues, page: Page): { typed: TypedHolder } | { problems: Problem[] } {
  const [familyName = "", givenNames = ""] = ["familyName", "givenNames"].map((name) => form[name]?.[0]?.trim());
  const dateOfBirth = readField(birthDate, "dateOfBirth", form);
  const parsed = birthDate.schema.safeParse(dateOfBirth);
  const isUnknown = form["dateOfBirthUnknown"] !== undefined;
  const problem = (control: string, code: string, label: string) => ({
    control,
    message: page.say(`errors:${code}`, { label: page.say(`fields:${label}.label`) }),
  });
  const dateCode = isUnknown ? "dateOrTick" : dateOfBirth === undefined ? "required" : "date";
  const isDateWrong = isUnknown ? dateOfBirth !== undefined : !parsed.success;
  const problems = [
    ...(familyName === "" && givenNames === "" ? [problem("familyName", "nameMissing", "familyName")] : []),
    ...(isDateWrong ? [problem(firstControl("dateOfBirth", birthDate), dateCode, "dateOfBirth")] : []),
  ];
  if (problems.length > 0) return { problems };
  return { typed: { familyName, givenNames, ...(parsed.success ? { dateOfBirth: parsed.data } : {}) } };
}

/** What was typed of a person, to show it again with an error. */
export function holderValues(form: FormValues): Record<string, string[]> {
  const names = ["familyName", "givenNames", "dateOfBirth.day", "dateOfBirth.month", "dateOfBirth.year"];
  const controls = [...names, "dateOfBirthUnknown"];
  return Object.fromEntries(controls.flatMap((name) => (form[name] ? [[name, [...form[name]]]] : [])));
}
