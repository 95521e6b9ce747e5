import type { RequestContext } from "#app/http.server.ts";
import { berlinDate, formatDate, formatTime } from "#app/i18n/format.ts";
import { refuseBeyondLimit } from "#app/limits.server.ts";
import { isolated } from "#app/routes/shared/base.server.ts";
import type { Page } from "#app/routes/shared/request.server.ts";
import type { Proof } from "#app/routes/shared/verifyQuestion.server.ts";
import { filedByDocument, filedByReference, type Filed } from "#app/store/filed.server.ts";
import { matchesHolder } from "#app/store/holderCheck.server.ts";
import { readReceipt } from "#app/store/receipt.server.ts";

/** What a check says: valid or not, and for a valid one when, for which authority and which case. Never more. */
export type VerifyResult = { tone: "success" | "warning" | "danger"; title: string; texts: string[] };

/** What a proof shows: a genuine one names a case, its authority (as people call it) and when it was received. */
export type Shown = { reference: string; authority: string; filedAt: Date };

type Context = Pick<RequestContext, "app" | "caller">;

/**
 * Looks at a proof. A signed receipt is checked against the published keys alone; reference and hash of a file are looked
 * up, and wrong, unknown and deleted ones are the same.
 * @throws a 429 response when one address tried too many references
 */
export async function checkProof(context: Context, proof: Proof): Promise<Shown | undefined> {
  const { app } = context;
  const { db } = app.database;
  const named = (found: Filed | undefined): Shown | undefined =>
    found && {
      reference: found.reference,
      authority: app.config.byId.get(found.authority)?.name ?? found.authority,
      filedAt: found.filedAt,
    };
  switch (proof.way) {
    case "receipt": {
      const claims = await readReceipt(app.keys.receiptJwks, proof.value);
      if (!claims) return undefined;
      const authority = app.config.authorities.find(({ ars }) => ars === claims.authority)?.name ?? claims.authority;
      return { reference: claims.reference, authority, filedAt: new Date(claims.filedAt) };
    }
    case "reference":
      refuseBeyondLimit(context, "verify");
      return named(await filedByReference(db, proof.value, app.now()));
    case "file":
      return named(await filedByDocument(db, proof.value, app.now()));
  }
}

/**
 * Whether a case was filed for a person with this name and birth date. No, too, for a case that was deleted or has nothing
 * to compare with.
 * @throws a 429 response after too many comparisons by one address or with one receipt
 */
export async function isHolder(
  context: Context,
  { reference }: Shown,
  typed: Readonly<Record<string, unknown>>,
): Promise<boolean> {
  const { app } = context;
  refuseBeyondLimit(context, "holder");
  refuseBeyondLimit({ app, caller: reference }, "receipt");
  const found = await filedByReference(app.database.db, reference, app.now());
  return matchesHolder(app.keys, found?.holderCheck, typed);
}

/** What a page says of a checked proof, and of a person compared with it. */
export function wordsOf(page: Page, { way }: Proof, shown: Shown | undefined, matches?: boolean): VerifyResult {
  const say = (key: string, values?: Record<string, string>) => page.say(`pages:verify.${key}`, values);
  if (!shown) return { tone: "danger", title: say(`unknown.${way}`), texts: [say(`unknownText.${way}`)] };
  const received = say("validText", {
    date: formatDate(berlinDate(shown.filedAt), page.language),
    time: formatTime(shown.filedAt),
    authority: isolated(shown.authority, page),
  });
  const reference = say("reference", { reference: isolated(shown.reference, page) });
  const texts = [received, reference, say("meaning"), page.say("pages:receipt.notADecision")];
  if (matches === undefined) return { tone: "success", title: say(`known.${way}`), texts };
  const outcome = matches
    ? ({ tone: "success", title: say("holder.matches") } as const)
    : ({ tone: "warning", title: say("holder.differs") } as const);
  return { ...outcome, texts: [`${say(`known.${way}`)}.`, ...texts] };
}
