import type { FormValues } from "#flows/engine/forms.ts";

/** Input that was typed and not sent. */
export type Unsent = {
  values: FormValues;
  /** Revision of the page it was typed into: a later save makes it stale. */
  revision: number;
  /** True if it was to be sent and was found wrong. */
  isRefused: boolean;
};

const PREFIX = "ao:unsent:";

/** The storage of this tab; none where the browser forbids it. */
function storage(): Storage | undefined {
  try {
    return window.sessionStorage;
  } catch {
    return undefined;
  }
}

/** Where a page keeps its input: under its owner and its address without the language, which may be switched. */
export function unsentKey(owner: string, pathname: string): string {
  return `${PREFIX}${owner}:${pathname.replace(/^\/[^/]+/, "")}`;
}

function forgetWhere(isMeant: (key: string) => boolean): void {
  const own = storage();
  if (!own) return;
  for (const key of Object.keys(own)) if (key.startsWith(PREFIX) && isMeant(key)) own.removeItem(key);
}

/** Forgets all unsent input of this tab. */
export function forgetUnsent(): void {
  forgetWhere(() => true);
}

/** Forgets what belongs to another visit or another draft. */
export function forgetUnsentOfOthers(owner: string): void {
  forgetWhere((key) => !key.startsWith(`${PREFIX}${owner}:`));
}

/** Forgets the unsent input of one page. */
export function dropUnsent(key: string): void {
  storage()?.removeItem(key);
}

/** Keeps the unsent input of a page in this tab; a full storage keeps what it had. */
export function keepUnsent(key: string, unsent: Unsent): void {
  try {
    storage()?.setItem(key, JSON.stringify(unsent));
  } catch {
    dropUnsent(key);
  }
}

function isFormValues(value: unknown): value is FormValues {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.values(value).every((list) => Array.isArray(list) && list.every((item) => typeof item === "string"))
  );
}

/** The unsent input of a page; undefined if there is none or something else stands there. */
export function readUnsent(key: string): Unsent | undefined {
  try {
    const stored: unknown = JSON.parse(storage()?.getItem(key) ?? "null");
    if (typeof stored !== "object" || stored === null) return undefined;
    const { values, revision, isRefused }: Partial<Record<keyof Unsent, unknown>> = stored;
    return isFormValues(values) && typeof revision === "number"
      ? { values, revision, isRefused: isRefused === true }
      : undefined;
  } catch {
    return undefined;
  }
}
