import type { AppLoadContext } from "@remix-run/node";
import { refuseBeyondLimit } from "#app/limits.server.ts";
import { readForm } from "#app/routes/shared/form.server.ts";
import type { Page } from "#app/routes/shared/request.server.ts";
import { parseAccessCode, parseReference } from "#app/store/access-code.ts";
import { findCase, type Case } from "#app/store/cases.server.ts";
import { findDraft, type Draft } from "#app/store/drafts.server.ts";
import { holderOf } from "#app/store/holder.server.ts";
import { SealError } from "#app/store/seal.server.ts";

/**
 * What an access code opens. Wrong, expired and unknown codes are the same. The draft beside a case is a supplement that
 * somebody has begun.
 */
export type Opened =
  { kind: "draft"; draft: Draft } | { kind: "case"; found: Case; supplement: Draft | undefined } | { kind: "nothing" };

/** Looks for the draft and the case of a code's secret. */
export async function openSecret({ app }: AppLoadContext, secret: Uint8Array): Promise<Opened> {
  const holder = holderOf(secret);
  try {
    const draft = await findDraft(app.database.db, holder, app.now());
    const found = await findCase(app.database.db, holder, app.now());
    if (found) return { kind: "case", found, supplement: draft };
    return draft ? { kind: "draft", draft } : { kind: "nothing" };
  } catch (error) {
    if (error instanceof SealError) return { kind: "nothing" };
    throw error;
  }
}

/** What stood in the controls of the form. */
export type TypedCode = { code: string; reference: string };

/** The outcome of a posted access code: the secret with the reference typed beside it, or what to tell the person. */
export type PostedCode =
  | { typed: TypedCode; secret: Uint8Array; reference: string | undefined }
  | { typed: TypedCode; error: string; control: keyof TypedCode };

/** Reads and checks the field `code` of a posted form, and the voluntary `reference`. */
export async function readCode(request: Request, context: AppLoadContext, page: Page): Promise<PostedCode> {
  refuseBeyondLimit(context, "code");
  const form = await readForm(request, context);
  const typed = { code: form["code"]?.[0] ?? "", reference: (form["reference"]?.[0] ?? "").trim() };
  const reference = parseReference(typed.reference);
  if (typed.reference !== "" && reference === undefined) {
    return { typed, error: page.say("pages:status.referenceMistyped"), control: "reference" };
  }
  const parsed = parseAccessCode(typed.code);
  if (parsed.ok) return { typed, secret: parsed.secret, reference };
  const words = parsed.reason === "length" ? "pages:resume.incomplete" : "pages:resume.mistyped";
  return { typed, error: page.say(words), control: "code" };
}
