import { useEffect, useRef, useState } from "react";
import type { ComponentType, FormEvent, ReactNode, RefObject } from "react";
import {
  isStuck,
  isUnderway,
  type QueueProps,
  type UploadQueue,
  type UploadRow,
} from "#app/components/upload/queueView.ts";

type Settings = Pick<QueueProps, "address" | "unfinished" | "listed" | "onSettled"> & {
  /** The list of files is being read anew; a post would break that off. */
  isRefreshing: boolean;
};
/** A press of a button that waits, for the files too unless the button does without them. */
type Held = { submitter: HTMLElement | null; forFiles: boolean };

/** A form whose files come in through the queue as soon as it is there; until then, and without script, by its post. */
export type QueuedForm = {
  form: RefObject<HTMLFormElement>;
  queue: UploadQueue | undefined;
  /** What runs the queue; shows nothing. */
  engine: ReactNode;
  /** "Save and go on" was pressed and waits for the files. */
  isHeld: boolean;
  /** Files that kept the page from going on. */
  stuck: readonly UploadRow[];
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
};

/** Code of the evidence that a file field belongs to. */
const codeOf = (input: HTMLInputElement) => input.name.replace(/\.files$/, "");

/** Hands the files of a field to the queue and empties the field, so that the form does not post them too. */
function handOver(input: HTMLInputElement, queue: UploadQueue): void {
  const files = [...(input.files ?? [])];
  if (files.length === 0) return;
  queue.add(codeOf(input), files);
  input.value = "";
}

/** The queue of a form with files. Loaded when the page stands; if it does not come, the form does without. */
export function useUploadQueue({ isRefreshing, ...settings }: Settings): QueuedForm {
  const form = useRef<HTMLFormElement>(null);
  const [Engine, setEngine] = useState<ComponentType<QueueProps>>();
  const [queue, setQueue] = useState<UploadQueue>();
  const [held, setHeld] = useState<Held>();
  const [stuck, setStuck] = useState<readonly UploadRow[]>([]);

  useEffect(() => {
    void import("#app/components/upload/UploadEngine.tsx").then(
      ({ UploadEngine }) => setEngine(() => UploadEngine),
      () => undefined,
    );
  }, []);

  useEffect(() => {
    const { current } = form;
    if (!current || !queue) return undefined;
    const take = ({ target }: Event) => {
      if (target instanceof HTMLInputElement && target.type === "file") handOver(target, queue);
    };
    // What was chosen while the queue was still loading.
    current.querySelectorAll<HTMLInputElement>("input[type=file]").forEach((input) => handOver(input, queue));
    current.addEventListener("change", take);
    return () => current.removeEventListener("change", take);
  }, [queue]);

  useEffect(() => {
    if (!held || !queue || isRefreshing || (held.forFiles && queue.rows.some(isUnderway))) return;
    setHeld(undefined);
    const left = held.forFiles ? queue.rows.filter(isStuck) : [];
    setStuck(left);
    if (left.length === 0) form.current?.requestSubmit(held.submitter);
  }, [held, queue, isRefreshing]);

  return {
    form,
    queue,
    engine: Engine && <Engine {...settings} onChange={setQueue} />,
    isHeld: held?.forFiles === true,
    stuck,
    onSubmit: (event) => {
      const { submitter } = event.nativeEvent as SubmitEvent;
      const forFiles = !submitter?.getAttribute("name");
      setStuck([]);
      if (!queue || !(isRefreshing || (forFiles && queue.rows.some(isUnderway)))) return;
      event.preventDefault();
      setHeld({ submitter, forFiles });
    },
  };
}
