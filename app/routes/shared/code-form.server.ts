import type { AppLoadContext } from "@remix-run/node";
import { refuseBeyondLimit } from "#app/limits.server.ts";
import { readForm } from "#app/routes/shared/form.server.ts";
import type { Page } from "#app/routes/shared/request.server.ts";
import { parseAccessCode } from "#app/store/access-code.ts";
import { findCase, type Case } from "#app/store/cases.server.ts";
import { findDraft, type Draft } from "#app/store/drafts.server.ts";
import { holderOf } from "#app/store/holder.server.ts";
import { SealError } from "#app/store/seal.server.ts";

/** What an access code opens. Wrong, expired and unknown codes are the same. */
export type Opened = { kind: "draft"; draft: Draft } | { kind: "case"; found: Case } | { kind: "nothing" };

/** Looks for the draft or the case of a code's secret. */
export async function openSecret({ app }: AppLoadContext, secret: Uint8Array): Promise<Opened> {
  const holder = holderOf(secret);
  try {
    const draft = await findDraft(app.database.db, holder, app.now());
    if (draft) return { kind: "draft", draft };
    const found = await findCase(app.database.db, holder, app.now());
    return found ? { kind: "case", found } : { kind: "nothing" };
  } catch (error) {
    if (error instanceof SealError) return { kind: "nothing" };
    throw error;
  }
}

/** The outcome of a posted access code: the secret, or what to tell the person. */
export type PostedCode = { secret: Uint8Array; typed: string } | { error: string; typed: string };

/** Reads and checks the field `code` of a posted form. */
export async function readCode(request: Request, context: AppLoadContext, page: Page): Promise<PostedCode> {
  refuseBeyondLimit(context, "code");
  const form = await readForm(request, context);
  const typed = form["code"]?.[0] ?? "";
  const parsed = parseAccessCode(typed);
  if (parsed.ok) return { secret: parsed.secret, typed };
  return { error: page.say(parsed.reason === "length" ? "pages:resume.incomplete" : "pages:resume.mistyped"), typed };
}
