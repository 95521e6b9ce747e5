import { useCallback, useEffect, useRef, useState, type RefObject } from "react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import type { LiveRules } from "#app/components/form/LiveRules.tsx";
import type { LiveInfo } from "#app/components/form/live.ts";
import { loadRules } from "#app/components/form/pageRules.ts";
import type { Step } from "#flows/engine/facts.ts";

type Judge = { Rules: typeof LiveRules; step: Step };

/** What somebody does who begins to fill in. */
const BEGINNINGS = ["focusin", "input", "pointerdown"] as const;

/**
 * Loads the rules of a page once somebody begins to fill in its form, or when `load` is called. Undefined before that and
 * whenever something cannot be loaded: then the server judges alone, as it does without script.
 */
export function useLiveRules(
  form: RefObject<HTMLFormElement>,
  { rules }: LiveInfo,
): { judge: Judge | undefined; load: () => Promise<void> } {
  const { i18n } = useTranslation();
  const [judge, setJudge] = useState<Judge>();
  const loading = useRef<Promise<void>>();
  const load = useCallback(() => {
    loading.current ??= (async () => {
      if (!rules) return;
      const [{ LiveRules: Rules }, step] = await Promise.all([
        import("#app/components/form/LiveRules.tsx"),
        loadRules(rules),
        i18n.loadNamespaces("errors"),
      ]);
      if (step && i18n.hasResourceBundle(i18n.language, "errors")) setJudge({ Rules, step });
    })().catch(() => {
      // The next touch tries again.
      loading.current = undefined;
    });
    return loading.current;
  }, [rules, i18n]);
  useEffect(() => {
    const element = form.current;
    const begin = () => void load();
    for (const type of BEGINNINGS) element?.addEventListener(type, begin, { passive: true });
    return () => {
      for (const type of BEGINNINGS) element?.removeEventListener(type, begin);
    };
  }, [form, load]);
  return { judge, load };
}
