import { randomUUID } from "node:crypto";
import type { AppLoadContext } from "@remix-run/node";
import { refuseBeyondLimit } from "#app/limits.server.ts";
import { drain, type PostedFile } from "#app/routes/shared/form.server.ts";
import type { OwnCase } from "#app/routes/shared/reply.server.ts";
import { storeFile } from "#app/store/arrival.server.ts";
import { begunOf, changeBegun } from "#app/store/begun.server.ts";
import type { BegunReply } from "#app/store/cases.server.ts";
import { keepBlob, ownedBlobs, registerBlob, removeBlob } from "#app/store/files.server.ts";
import { newKey } from "#app/store/seal.server.ts";
import {
  MAX_CASE_BYTES,
  MAX_FILE_BYTES,
  MAX_FILES_PER_EVIDENCE,
  safeName,
  UploadRefused,
  type UploadReason,
} from "#app/store/upload.server.ts";

/** Until it is noted in the answer, a file stays no longer: a connection that breaks leaves nothing for long. */
const UNNOTED_MS = 24 * 60 * 60_000;

/** What became of a posted file. */
export type TakenFile = { name: string; refused?: UploadReason };

/** The case and the letter that is being answered. */
export type Answering = OwnCase & { letter: string };

const bytesIn = ({ files }: BegunReply) => files.reduce((sum, { size }) => sum + size, 0);

/** Changes the answer at hand. @returns as it is now; undefined if the case is gone */
export function changeAnswer(
  { app }: AppLoadContext,
  { session, letter }: Answering,
  change: (begun: BegunReply) => BegunReply | undefined,
): Promise<BegunReply | undefined> {
  return changeBegun(app.database.db, session.holder, { letter, now: app.now() }, change);
}

/** Takes one file of an answer, as files of an application are taken; one that cannot be taken leaves no trace. */
export async function takeAnswerFile(context: AppLoadContext, at: Answering, file: PostedFile): Promise<TakenFile> {
  refuseBeyondLimit(context, "upload");
  const { app } = context;
  const { id: owner, authority, expiresAt } = at.found;
  const [id, key, name] = [randomUUID(), newKey(), safeName(file.name)];
  const row = { id, authority, owner, expiresAt: new Date(app.now().getTime() + UNNOTED_MS) };
  await registerBlob(app.database.db, { ...row, size: MAX_FILE_BYTES });
  try {
    const roomBytes = MAX_CASE_BYTES - bytesIn(begunOf(at.found, at.letter));
    const stored = await storeFile(app, { row, key, roomBytes }, file.stream);
    const entry = { id, name, ...stored, key: Buffer.from(key).toString("base64url") };
    const noted = await changeAnswer(context, at, (begun) => {
      if (begun.files.length >= MAX_FILES_PER_EVIDENCE) throw new UploadRefused("tooMany");
      if (bytesIn(begun) + entry.size > MAX_CASE_BYTES) throw new UploadRefused("caseFull");
      return { ...begun, files: [...begun.files, entry] };
    });
    if (!noted) await removeBlob(app.database.db, app.blobs, owner, id);
    else await keepBlob(app.database.db, { id, owner, size: entry.size, expiresAt });
    return { name };
  } catch (error) {
    await removeBlob(app.database.db, app.blobs, owner, id);
    if (!(error instanceof UploadRefused)) throw error;
    await drain(file);
    return { name, refused: error.reason };
  }
}

/** Takes a file out of the answer and deletes it. */
export async function dropAnswerFile(context: AppLoadContext, at: Answering, id: string): Promise<void> {
  let wasThere = false;
  await changeAnswer(context, at, (begun) => {
    wasThere = begun.files.some((file) => file.id === id);
    return wasThere ? { ...begun, files: begun.files.filter((file) => file.id !== id) } : undefined;
  });
  if (wasThere) await removeBlob(context.app.database.db, context.app.blobs, at.found.id, id);
}

/** Takes files out of the answer whose bytes are gone, so that the person is asked for them again. */
export async function forgetMissing(context: AppLoadContext, at: Answering): Promise<void> {
  const { id: owner } = at.found;
  const ids = begunOf(at.found, at.letter).files.map(({ id }) => id);
  const owned = await ownedBlobs(context.app.database.db, owner, ids);
  await changeAnswer(context, at, (begun) => ({
    ...begun,
    files: begun.files.filter(({ id }) => owned.has(id) || !ids.includes(id)),
  }));
}
