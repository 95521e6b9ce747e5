/** Who is told what happens in a form. */
export type FormListener = {
  /** The question of an element, if it belongs to one. */
  nameOf: (target: EventTarget | null) => string | undefined;
  changed: (name: string) => void;
  /** Somebody went on to something outside the question. */
  left: (name: string) => void;
};

/**
 * Tells what is filled in and left in a form, until the returned function is called. While a finger or mouse button is down
 * nothing is told as left: an error that appears then would move the button away from under it, and the press would be
 * lost. Looking into another window is no leaving.
 */
export function watchForm(form: HTMLFormElement, { nameOf, changed, left }: FormListener): () => void {
  const until = new AbortController();
  const options = { signal: until.signal };
  let isPressed = false;
  let waiting: (() => void) | undefined;

  form.addEventListener(
    "input",
    ({ target }) => {
      const name = nameOf(target);
      if (name !== undefined) changed(name);
    },
    options,
  );
  form.addEventListener(
    "focusout",
    ({ target, relatedTarget }) => {
      const name = nameOf(target);
      if (name === undefined || !(target instanceof Element) || !document.hasFocus()) return;
      const box = target.closest("fieldset") ?? target;
      if (relatedTarget instanceof Node && box.contains(relatedTarget)) return;
      const tell = () => {
        if (!box.contains(document.activeElement)) left(name);
      };
      if (isPressed) waiting = tell;
      else left(name);
    },
    options,
  );
  const press = () => {
    isPressed = true;
  };
  const release = () => {
    isPressed = false;
    const tell = waiting;
    waiting = undefined;
    // The click comes after the release, in the same turn.
    if (tell) setTimeout(tell);
  };
  window.addEventListener("pointerdown", press, { ...options, capture: true });
  for (const type of ["pointerup", "pointercancel"])
    window.addEventListener(type, release, { ...options, capture: true });
  return () => until.abort();
}
