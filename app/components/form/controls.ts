import type { FormValues } from "#flows/engine/forms.ts";

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function isControl(element: unknown): element is Control {
  return (
    element instanceof HTMLInputElement ||
    element instanceof HTMLSelectElement ||
    element instanceof HTMLTextAreaElement
  );
}

/** The question that an element of its form belongs to; undefined for buttons and hidden controls. */
export function questionOf(names: readonly string[], element: EventTarget | null): string | undefined {
  if (!isControl(element)) return undefined;
  return names.find((name) => element.name === name || element.name.startsWith(`${name}.`));
}

/** What stands in the controls of some questions, as the form would post it. */
export function readControls(form: HTMLFormElement, names: readonly string[]): FormValues {
  const values: Record<string, string[]> = {};
  const posted = new FormData(form);
  for (const element of form.elements) {
    if (!isControl(element) || questionOf(names, element) === undefined) continue;
    values[element.name] = posted.getAll(element.name).filter((value) => typeof value === "string");
  }
  return values;
}

/** Puts values into the controls of some questions; a disclosure that then holds an answer opens. */
export function writeControls(form: HTMLFormElement, names: readonly string[], values: FormValues): void {
  for (const element of form.elements) {
    if (!isControl(element) || questionOf(names, element) === undefined) continue;
    const wanted = values[element.name] ?? [];
    if (element instanceof HTMLInputElement && (element.type === "radio" || element.type === "checkbox")) {
      element.checked = wanted.includes(element.value);
    } else {
      element.value = wanted[0] ?? "";
      const box = element.closest("details");
      if (box && element.value !== "") box.open = true;
    }
  }
}

function filled(values: FormValues, control: string): string {
  return (values[control] ?? []).filter((value) => value !== "").join("\n");
}

/** True if two sets of values are the same, empty controls aside. */
export function areSameValues(one: FormValues, other: FormValues): boolean {
  return [...Object.keys(one), ...Object.keys(other)].every(
    (control) => filled(one, control) === filled(other, control),
  );
}
