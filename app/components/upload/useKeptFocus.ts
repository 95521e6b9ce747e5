import { useEffect, useRef, type FocusEvent, type RefObject } from "react";

/**
 * Keeps the focus in a box of files when the button that has it goes with its file: it moves to the field for more files
 * instead of the beginning of the page (WCAG 2.4.3). Gives what the box listens to.
 */
export function useKeptFocus(box: RefObject<HTMLElement>) {
  const last = useRef<Element>();
  // After every drawing: any of them may have taken the element away.
  useEffect(() => {
    if (last.current?.isConnected !== false) return;
    last.current = undefined;
    if (document.activeElement !== document.body) return;
    box.current?.querySelector<HTMLElement>("summary, input[type=file]")?.focus();
  });
  return {
    onFocus: ({ target }: FocusEvent) => {
      last.current = target;
    },
    onBlur: () => {
      last.current = undefined;
    },
  };
}
