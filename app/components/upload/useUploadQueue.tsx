import { useEffect, useRef, useState } from "react";
import type { ComponentType, FormEvent, ReactNode, RefObject } from "react";
import {
  isStuck,
  isUnderway,
  type QueueProps,
  type UploadQueue,
  type UploadRow,
} from "#app/components/upload/queueView.ts";

type Settings = Pick<QueueProps, "address" | "unfinished" | "listed" | "onSettled">;

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
export function useUploadQueue(settings: Settings): QueuedForm {
  const form = useRef<HTMLFormElement>(null);
  const [Engine, setEngine] = useState<ComponentType<QueueProps>>();
  const [queue, setQueue] = useState<UploadQueue>();
  const [held, setHeld] = useState<{ submitter: HTMLElement | null }>();
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
    if (!held || !queue || queue.rows.some(isUnderway)) return;
    setHeld(undefined);
    const left = queue.rows.filter(isStuck);
    setStuck(left);
    if (left.length === 0) form.current?.requestSubmit(held.submitter);
  }, [held, queue]);

  return {
    form,
    queue,
    engine: Engine && <Engine {...settings} onChange={setQueue} />,
    isHeld: held !== undefined,
    stuck,
    onSubmit: (event) => {
      const { submitter } = event.nativeEvent as SubmitEvent;
      const isNamed = submitter?.getAttribute("name");
      setStuck([]);
      if (isNamed || !queue?.rows.some(isUnderway)) return;
      event.preventDefault();
      setHeld({ submitter });
    },
  };
}
