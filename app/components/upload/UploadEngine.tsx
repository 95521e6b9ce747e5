import { useMachine } from "@xstate/react";
import { useEffect, useRef } from "react";
import { httpServer } from "#app/components/upload/httpServer.ts";
import { queueMachine } from "#app/components/upload/queueMachine.ts";
import type { QueueProps, Unfinished } from "#app/components/upload/queueView.ts";
import type { UploadRef } from "#app/components/upload/uploadMachine.ts";
import { rowOf } from "#app/components/upload/rows.ts";

/** The unfinished upload that a chosen file goes on with, taken out of the list: two files do not share one. */
function takeKnown(left: Unfinished[], code: string, { name, size }: File): string | undefined {
  const shown = name.normalize("NFC").trim();
  const at = left.findIndex((other) => other.code === code && other.name === shown && other.size === size);
  return at < 0 ? undefined : left.splice(at, 1)[0]?.id;
}

const idOf = (upload: UploadRef) => upload.getSnapshot().context.id ?? [];

const isOneOf = (upload: UploadRef, states: readonly ("done" | "refused" | "removing" | "removed")[]) =>
  states.some((state) => upload.getSnapshot().matches(state));

let counter = 0;

/**
 * Runs the queue of a page and hands out what is in it. A part of its own: only the page where files are handed in loads
 * it and the machines, after it stands.
 */
export function UploadEngine({ address, unfinished, listed, onChange, onSettled }: QueueProps) {
  const { href, token } = address;
  const [{ context }, send] = useMachine(queueMachine, { input: { server: httpServer({ href, token }) } });
  const { uploads } = context;
  const page = useRef({ unfinished, onChange, onSettled });
  page.current = { unfinished, onChange, onSettled };
  // Uploads that came to an end: with a file, refused, or removed.
  const over = useRef(new Set<UploadRef>());
  const watched = useRef(uploads);

  useEffect(() => {
    const online = () => send({ type: "online" });
    window.addEventListener("online", online);
    return () => window.removeEventListener("online", online);
  }, [send]);

  useEffect(() => {
    let shown = "";
    const settle = (ended: readonly UploadRef[]) => {
      const fresh = ended.filter((upload) => !over.current.has(upload));
      for (const upload of fresh) over.current.add(upload);
      if (fresh.length > 0) page.current.onSettled();
    };
    const publish = () => {
      settle(uploads.filter((upload) => isOneOf(upload, ["done", "refused"])));
      const rows = uploads.flatMap((upload) => rowOf(upload.getSnapshot()) ?? []);
      const all = [...new Set([...uploads, ...over.current])];
      const ended = all.filter((upload) => isOneOf(upload, ["refused", "removing", "removed"])).flatMap(idOf);
      const now = JSON.stringify([rows, ended]);
      if (now !== shown) page.current.onChange({ rows, ended, add, retry, remove });
      shown = now;
    };
    const add = (code: string, files: readonly File[]) => {
      const taken = new Set(uploads.map((upload) => upload.getSnapshot().context.id));
      const left = page.current.unfinished.filter(({ id }) => !taken.has(id));
      const chosen = files.map((file) => {
        const known = takeKnown(left, code, file);
        counter += 1;
        return {
          key: `u${counter}`,
          code,
          name: file.name,
          size: file.size,
          file,
          ...(known === undefined ? {} : { known }),
        };
      });
      send({ type: "add", files: chosen });
    };
    const tell = (type: "retry" | "remove") => (key: string) =>
      uploads.find((upload) => upload.id === key)?.send({ type });
    const [retry, remove] = [tell("retry"), tell("remove")];
    settle(watched.current.filter((upload) => !uploads.includes(upload)));
    watched.current = uploads;
    publish();
    const subscriptions = uploads.map((upload) => upload.subscribe(publish));
    return () => subscriptions.forEach((subscription) => subscription.unsubscribe());
  }, [uploads, send]);

  useEffect(() => {
    for (const upload of uploads) {
      const { context: file } = upload.getSnapshot();
      if (file.id !== undefined && listed.includes(file.id)) upload.send({ type: "listed" });
    }
  }, [uploads, listed]);

  return null;
}
