import { eq } from "drizzle-orm";
import { basename } from "node:path";
import type { App } from "#app/context.server.ts";
import type { Authority } from "#app/config/authority.ts";
import type { Order } from "#app/outbox/message.server.ts";
import type { Message } from "#app/outbox/queue.server.ts";
import { fileApplication } from "#app/outbox/submit.server.ts";
import { createDraft } from "#app/store/drafts.server.ts";
import { findCase } from "#app/store/cases.server.ts";
import type { EvidenceAnswers, EvidenceCode, FileEntry } from "#flows/engine/evidence.ts";
import type { Standard } from "#flows/delivery/standard.ts";
import { outbox } from "#drizzle/schema.ts";
import { contentOf, filingOf, newHolder, p1Answers, settingIn, storeFile } from "./filing.ts";

const DAY = 86_400_000;

/** A file to hand in. */
export type Given = { mimeType: FileEntry["mimeType"]; bytes: Uint8Array };

/** The same application, with transports of authorities replaced and further versions of standards registered. */
export function appWith(
  app: App,
  transports: Readonly<Record<string, Authority["transport"]>>,
  further: readonly Standard[] = [],
): App {
  const authorities = app.config.authorities.map((authority) => {
    const transport = transports[authority.id];
    return transport ? { ...authority, transport } : authority;
  });
  const byId = new Map(authorities.map((authority) => [authority.id, authority]));
  const standards = new Map([...app.standards, ...further.map((standard) => [standard.id, standard] as const)]);
  return { ...app, config: { ...app.config, authorities, byId }, standards };
}

/** Files P1's application at an authority, with these files and all other evidence to come later, among others of a family. */
export async function fileWith(
  app: App,
  authorityId: string,
  given: Partial<Readonly<Record<EvidenceCode, readonly Given[]>>>,
  among: Partial<Pick<Order, "links" | "family">> = {},
): Promise<{ row: Message; reference: string; files: readonly FileEntry[] }> {
  const authority = app.config.byId.get(authorityId);
  if (!authority) throw new Error(`no authority ${authorityId}`);
  const { setting } = settingIn(app);
  const holder = newHolder();
  const stored: EvidenceAnswers = {};
  const all: FileEntry[] = [];
  for (const [code, list] of Object.entries(given)) {
    const files: FileEntry[] = [];
    for (const { mimeType, bytes } of list) {
      files.push({ ...(await storeFile(app, holder, basename(code), bytes)), mimeType });
    }
    stored[code as EvidenceCode] = { files };
    all.push(...files);
  }
  const answers = p1Answers(setting);
  const evidence = { ...(answers["evidence"] as EvidenceAnswers), ...stored };
  const expiresAt = new Date(app.now().getTime() + 30 * DAY);
  const content = contentOf({ ...answers, evidence });
  await createDraft(app.database.db, holder, { authority: authority.id, content, expiresAt });
  const filed = await fileApplication(app, { ...filingOf(app, holder), authority, ...among });
  const found = await findCase(app.database.db, holder, app.now());
  if (!filed.ok || !found) throw new Error(filed.ok ? "no case" : filed.reason);
  const [row] = await app.database.db.select().from(outbox).where(eq(outbox.caseId, found.id));
  if (!row) throw new Error("nothing waits");
  return { row, reference: filed.reference, files: all };
}
