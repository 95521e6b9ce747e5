import { useLocation } from "@remix-run/react";
import { useCallback, useEffect, useState, type RefObject } from "react";
import { areSameValues, questionOf, readControls, writeControls } from "#app/components/form/controls.ts";
import type { Asked, LiveInfo } from "#app/components/form/live.ts";
import {
  dropUnsent,
  forgetUnsent,
  forgetUnsentOfOthers,
  keepUnsent,
  readUnsent,
  unsentKey,
} from "#app/components/form/unsent.ts";

/** What a page does with input that was typed and not sent. */
export type UnsentInput = {
  /** Input of before was put back into the form; `refused` if it had been found wrong. */
  restored: "typed" | "refused" | undefined;
  /** Puts the form back to what is saved. */
  discard: () => void;
  /** Input is saved now. */
  forget: () => void;
  /** Input was found wrong and not sent: it comes back with its errors. */
  keepRefused: () => void;
};

/**
 * Keeps what is typed into a form in this tab until it is sent, so that a reload or a step back loses nothing. Answers on
 * health and offences are left out, and so is everything that is no answer.
 */
export function useUnsent(
  form: RefObject<HTMLFormElement>,
  asked: Asked,
  { owner }: LiveInfo,
  revision: number,
): UnsentInput {
  const key = unsentKey(owner ?? "", useLocation().pathname);
  const kept = asked.questions.filter(({ isSensitive }) => !isSensitive).map(({ name }) => name);
  const isWhole = kept.length === asked.questions.length;
  const [restored, setRestored] = useState<UnsentInput["restored"]>();

  useEffect(() => {
    const element = form.current;
    if (!element) return undefined;
    if (owner === undefined) {
      forgetUnsent();
      return undefined;
    }
    forgetUnsentOfOthers(owner);
    const known = readUnsent(key);
    const own = Object.entries(asked.values).filter(([control]) =>
      kept.some((name) => control === name || control.startsWith(`${name}.`)),
    );
    if (known?.revision === revision && !areSameValues(known.values, Object.fromEntries(own))) {
      writeControls(element, kept, known.values);
      setRestored(known.isRefused && isWhole ? "refused" : "typed");
    } else dropUnsent(key);
    const keep = ({ target }: Event) => {
      if (questionOf(kept, target) === undefined) return;
      keepUnsent(key, { values: readControls(element, kept), revision, isRefused: false });
    };
    element.addEventListener("input", keep);
    return () => element.removeEventListener("input", keep);
    // Once a page: what the server answers later shows what was sent.
  }, [key]);

  const forget = useCallback(() => dropUnsent(key), [key]);
  const discard = () => {
    forget();
    form.current?.reset();
    setRestored(undefined);
  };
  const keepRefused = () => {
    const element = form.current;
    if (element && owner !== undefined)
      keepUnsent(key, { values: readControls(element, kept), revision, isRefused: true });
  };
  return { restored, discard, forget, keepRefused };
}
