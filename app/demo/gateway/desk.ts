import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { writeAnswer, type AnswerKind, type AnswerWords } from "./answers.ts";
import type { DecisionMode } from "../common/settings.ts";
import { renameSynced, replaceFile, writeSynced } from "../common/files.ts";
import type { Ack, MessageRecord } from "./record.ts";
import type { Store } from "./store.ts";

/** What the authority behind the gateway does with messages. */
export type Desk = ReturnType<typeof createDesk>;

/** Writes acknowledgements and answers into the mailboxes of `boxes`; everything is kept in the store first. */
export function createDesk({ store, boxes, now }: { store: Store; boxes: string; now: () => Date }) {
  const writeAcks = ({ mailbox, messageId, acks }: MessageRecord) =>
    replaceFile(join(boxes, mailbox, "acks", `${messageId}.json`), JSON.stringify(acks));

  async function acknowledge(record: MessageRecord, ack: Pick<Ack, "status" | "problems">): Promise<MessageRecord> {
    const { messageId, acks } = record;
    const entry = { messageId, ...ack, at: now().toISOString() };
    const state = ack.status === "pickedUp" ? record.state : ack.status;
    const next = { ...record, state, acks: [...acks, entry] };
    await store.save(next);
    await writeAcks(next);
    return next;
  }

  async function place({ mailbox }: MessageRecord, id: string, xml: string): Promise<void> {
    const path = join(boxes, mailbox, "answers", `${id}.xml`);
    const part = `${path}.${randomUUID()}.part`;
    await writeSynced(part, xml);
    await renameSynced(part, path);
  }

  async function answer(record: MessageRecord, kind: AnswerKind, words: AnswerWords): Promise<MessageRecord> {
    const { head } = record;
    if (!head) return record;
    const [id, at] = [randomUUID(), now().toISOString()];
    const xml = writeAnswer(kind, head, { id, at, words });
    await store.keepAnswer(record, id, xml);
    const state = kind === "received" ? ("accepted" as const) : record.state;
    const next = { ...record, state, answers: [...record.answers, { id, kind, at }] };
    await store.save(next);
    await place(next, id, xml);
    return next;
  }

  /** Takes a message over, as its form says it: in XML by a message, otherwise by the acknowledgement. */
  const accept = (record: MessageRecord): Promise<MessageRecord> =>
    record.head
      ? answer(record, "received", { text: "", date: "" })
      : acknowledge(record, { status: "accepted", problems: [] });

  const reject = (record: MessageRecord, problems: string[]): Promise<MessageRecord> =>
    acknowledge(record, { status: "rejected", problems });

  return {
    answer,
    accept,
    reject,

    /** Says that a message was taken away, if that was not said yet, and decides if the rule or the message itself does. */
    async decide(record: MessageRecord, mode: DecisionMode): Promise<void> {
      const picked = record.acks.length > 0 ? record : await acknowledge(record, { status: "pickedUp" });
      const problem = picked.problem ?? (mode === "reject" ? "technical-error" : undefined);
      if (picked.state !== "open" || (mode === "manual" && problem === undefined)) return;
      await (problem === undefined ? accept(picked) : reject(picked, [problem]));
    },

    /** After a crash: what was kept may not have been written out yet. */
    async repair(): Promise<void> {
      for (const record of store.all()) {
        await writeAcks(record);
        const last = record.answers.at(-1);
        if (last) await place(record, last.id, (await store.readAnswer(record, last.id)).toString("utf8"));
      }
    },
  };
}
