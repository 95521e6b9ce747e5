import { randomBytes, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { storedOf } from "#app/cli/persona/answers.ts";
import { settingsOf } from "#app/config/settings.ts";
import type { App } from "#app/context.server.ts";
import { germanPdfWords, germanServiceTitle } from "#app/i18n/words.ts";
import type { Filing } from "#app/outbox/submit.server.ts";
import { createDraft, type DraftContent, type Supplement } from "#app/store/drafts.server.ts";
import { registerBlob } from "#app/store/files.server.ts";
import { holderOf, type Holder } from "#app/store/holder.server.ts";
import { newKey, sha512 } from "#app/store/seal.server.ts";
import type { EvidenceAnswers, FileEntry } from "#flows/engine/evidence.ts";
import type { Setting } from "#flows/engine/facts.ts";
import { lawInForce } from "#flows/law/law.ts";
import { lawRows } from "#flows/law/rows.ts";
import { walkService } from "#flows/services/service.ts";
import { triage } from "#flows/services/triage.ts";
import { blueCard } from "#flows/services/work/W-18g.ts";
import { p1 } from "./applicant.ts";

const TODAY = "2026-11-21";
const DAY = 86_400_000;

/** P1's authority and the facts around the answers, as the service has them. */
export function settingIn(app: App): { authority: Filing["authority"]; setting: Setting } {
  const authority = app.config.byId.get(p1.authority);
  if (!authority) throw new Error(`no authority ${p1.authority}`);
  return {
    authority,
    setting: { today: TODAY, law: lawInForce(lawRows, TODAY), settings: settingsOf(authority, "de") },
  };
}

/** P1's answers as a draft holds them, all evidence to come later. */
export function p1Answers({ settings }: Setting): Record<string, unknown> {
  const later: EvidenceAnswers = Object.fromEntries(
    [...p1.uploads.keys()].map((code) => [code, { files: [], later: "" }]),
  );
  return {
    ...storedOf(triage, p1.answers, settings),
    ...storedOf(blueCard.flow, p1.answers, settings),
    evidence: later,
  };
}

/** A draft's content around some answers. */
export function contentOf(answers: Record<string, unknown>): DraftContent {
  const blank = { revisions: {}, refused: null, codeShown: true, savedAt: `${TODAY}T09:00:00.000Z` };
  return { answers, service: blueCard.id, version: blueCard.version, language: "de", ...blank };
}

/** A new holder of an access code. */
export const newHolder = (): Holder => holderOf(randomBytes(16));

/** A draft that adds to a case: under its code, with the files that were sent before. */
export type Adding = { holder: Holder; supplements: Supplement; sent: readonly FileEntry[] };

/**
 * Puts a complete draft of P1 with the passport as its one new file into the database, and says how it is filed; `adding`
 * makes it a supplement.
 */
export async function completeDraft(app: App, adding?: Adding): Promise<{ filing: Filing; file: FileEntry }> {
  const { authority, setting } = settingIn(app);
  const holder = adding?.holder ?? newHolder();
  const expiresAt = new Date(app.now().getTime() + 30 * DAY);
  const passport = p1.uploads.get("PASS")?.[0] ?? "";
  const file = await storeFile(app, holder, basename(passport), readFileSync(passport));
  const answers = p1Answers(setting);
  const evidence = { ...(answers["evidence"] as EvidenceAnswers), PASS: { files: [...(adding?.sent ?? []), file] } };
  const content = { ...contentOf({ ...answers, evidence }), ...(adding && { supplements: adding.supplements }) };
  await createDraft(app.database.db, holder, { authority: authority.id, content, expiresAt });
  return { filing: filingOf(app, holder), file };
}

/** How a draft of P1 is filed. */
export function filingOf(app: App, holder: Holder): Filing {
  const { authority, setting } = settingIn(app);
  return {
    holder,
    authority,
    service: blueCard,
    serviceTitle: germanServiceTitle(blueCard.id),
    language: "de",
    words: germanPdfWords,
    demo: undefined,
    household: { id: randomUUID(), member: 0 },
    links: [],
    walk: (draft) => ({
      walked: walkService(blueCard, draft.content.answers, setting),
      facts: { ...setting, answers: {} },
    }),
  };
}

/** Stores a file of a draft as an upload does, and says how the draft names it. */
export async function storeFile(app: App, holder: Holder, name: string, bytes: Uint8Array): Promise<FileEntry> {
  const [id, key] = [randomUUID(), newKey()];
  async function* once() {
    yield bytes;
  }
  const expiresAt = new Date(app.now().getTime() + 30 * DAY);
  await registerBlob(app.database.db, { id, authority: p1.authority, owner: holder.id, size: bytes.length, expiresAt });
  await app.blobs.write(id, key, once());
  const described = {
    name,
    mimeType: "application/pdf",
    size: bytes.length,
    sha512: sha512(bytes),
  } as const;
  return { id, ...described, key: Buffer.from(key).toString("base64url") };
}
