import { randomUUID } from "node:crypto";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { DecisionMode } from "../common/settings.ts";
import type { Mailbox } from "./config.ts";
import { openMessage, type Opened } from "./contents.ts";
import type { Desk } from "./desk.ts";
import { renameSynced } from "../common/files.ts";
import type { MessageRecord } from "./record.ts";
import type { Schemas } from "./schemas.ts";
import type { Store } from "./store.ts";

const MESSAGE_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Between the parts of the name under which a message was taken away. */
const SEPARATOR = "+";

type Dependencies = {
  dataDir: string;
  boxes: string;
  mailboxes: readonly Mailbox[];
  store: Store;
  desk: Desk;
  schemas: Schemas;
  contentKey: string;
  decision: () => DecisionMode;
  now: () => Date;
};

/** Takes messages out of the mailboxes: each is moved away first, so that it can be told from one that comes again. */
export async function createIntake(dependencies: Dependencies) {
  const { dataDir, boxes, mailboxes, store, desk, schemas, contentKey, decision, now } = dependencies;
  const taken = join(dataDir, "taken");
  await mkdir(taken, { recursive: true, mode: 0o700 });
  for (const { mailbox } of mailboxes) {
    for (const part of ["out", "acks", "answers", "refused"]) {
      await mkdir(join(boxes, mailbox, part), { recursive: true, mode: 0o700 });
    }
  }

  async function takeAway(mailbox: string): Promise<void> {
    const out = join(boxes, mailbox, "out");
    for (const name of await readdir(out)) {
      if (!MESSAGE_ID.test(name)) continue;
      await renameSynced(join(out, name), join(taken, [mailbox, name, randomUUID()].join(SEPARATOR)));
    }
  }

  async function takeIn(name: string): Promise<void> {
    const [mailbox = "", messageId = ""] = name.split(SEPARATOR);
    const folder = join(taken, name);
    const known = store.find(messageId);
    if (known && known.taken !== name && !known.repetitions.includes(name)) {
      await store.save({ ...known, repetitions: [...known.repetitions, name] });
    }
    if (!known) {
      const opened = await openMessage(folder, { messageId, key: contentKey, schemas });
      const record = recordOf(opened, { messageId, mailbox, taken: name, receivedAt: now().toISOString() });
      await store.add(record, opened.ok ? opened.files : new Map());
    }
    await rm(folder, { recursive: true, force: true });
    const record = store.find(messageId);
    if (record) await desk.decide(record, decision());
  }

  /** Takes in everything that lies there; one sweep at a time. */
  async function sweep(): Promise<void> {
    for (const { mailbox } of mailboxes) await takeAway(mailbox);
    for (const name of (await readdir(taken)).toSorted()) await takeIn(name);
  }

  /** Decides what a crash left undecided. */
  async function decideOpen(): Promise<void> {
    for (const record of store.all()) await desk.decide(record, decision());
  }
  return { sweep, decideOpen };
}

function recordOf(
  opened: Opened,
  base: Pick<MessageRecord, "messageId" | "mailbox" | "taken" | "receivedAt">,
): MessageRecord {
  const { manifest } = opened;
  const summary = opened.ok ? opened.summary : { kind: "other", title: "", applicant: "" };
  const files = opened.ok ? opened.manifest.files : [];
  return {
    ...base,
    repetitions: [],
    reference: manifest?.reference ?? "",
    ...(manifest?.follows === undefined ? {} : { follows: manifest.follows }),
    filedOn: manifest?.filedOn ?? "",
    format: manifest?.format ?? "",
    mimeType: manifest?.mimeType ?? "",
    ...summary,
    files: files.map(({ name, mimeType, purpose }) => {
      const plain = name.replace(/\.p7m$/, "");
      return { name: plain, mimeType, purpose, size: (opened.ok && opened.files.get(plain)?.length) || 0 };
    }),
    ...(opened.ok ? {} : { problem: opened.problem }),
    state: "open",
    acks: [],
    answers: [],
  };
}
