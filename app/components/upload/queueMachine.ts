import { assign, enqueueActions, setup } from "xstate";
import type { UploadServer } from "#app/components/upload/server.ts";
import { uploadMachine, type Chosen, type UploadRef } from "#app/components/upload/uploadMachine.ts";

/** Files on their way at the same time. */
const MOST_AT_ONCE = 2;

type Context = { server: UploadServer; uploads: readonly UploadRef[] };
type Event =
  | { type: "add"; files: readonly Chosen[] }
  | { type: "online" }
  /** An upload came into another state of those that free its place in the queue, or wants one. */
  | { type: "moved" };

const isUnderway = (upload: UploadRef) => {
  const snapshot = upload.getSnapshot();
  return snapshot.matches("working") || snapshot.matches("waiting");
};

/** All files of a page on their way: each has a machine of its own, and no more than two are sent at once. */
export const queueMachine = setup({
  types: { context: {} as Context, input: {} as { server: UploadServer }, events: {} as Event },
  actors: { upload: uploadMachine },
  actions: {
    addFiles: assign(({ context, event, spawn }) => {
      if (event.type !== "add") return {};
      const { server, uploads } = context;
      const added = event.files.map((file) => spawn("upload", { id: file.key, input: { ...file, server } }));
      return { uploads: [...uploads, ...added] };
    }),
    forgetRemoved: enqueueActions(({ context, enqueue }) => {
      const removed = context.uploads.filter((upload) => upload.getSnapshot().matches("removed"));
      if (removed.length === 0) return;
      for (const upload of removed) enqueue.stopChild(upload);
      enqueue.assign({ uploads: context.uploads.filter((upload) => !removed.includes(upload)) });
    }),
    startNext: enqueueActions(({ context, enqueue }) => {
      const free = MOST_AT_ONCE - context.uploads.filter(isUnderway).length;
      const queued = context.uploads.filter((upload) => upload.getSnapshot().matches("queued"));
      for (const upload of queued.slice(0, Math.max(0, free))) enqueue.sendTo(upload, { type: "start" });
    }),
    tellAll: enqueueActions(({ context, enqueue }) => {
      for (const upload of context.uploads) enqueue.sendTo(upload, { type: "online" });
    }),
  },
}).createMachine({
  id: "uploads",
  context: ({ input }) => ({ ...input, uploads: [] }),
  on: {
    add: { actions: ["addFiles", "startNext"] },
    online: { actions: "tellAll" },
    moved: { actions: ["forgetRemoved", "startNext"] },
  },
});
