import { useSubmit } from "@remix-run/react";
import { useEffect, useRef, useState, type FormEvent, type ReactNode, type RefObject } from "react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import type { Problem } from "#app/components/ErrorSummary.tsx";
import { problemsOf, serverErrors, type Asked, type Errors, type LiveInfo } from "#app/components/form/live.ts";
import type { CheckForm } from "#app/components/form/LiveRules.tsx";
import { useLiveRules } from "#app/components/form/useLiveRules.ts";
import { useSending } from "#app/components/form/useSending.ts";
import { useUnsent, type UnsentInput } from "#app/components/form/useUnsent.ts";

/** Errors found in the browser, for one answer of the server; `refusal` is another object for each refused press. */
type Found = { asked: Asked; errors: Errors; refusal?: object };

/** A form of questions in the browser: what to show, and what its form element needs. */
export type QuestionFormState = {
  form: RefObject<HTMLFormElement>;
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  /** Texts of errors by question, for the fields. */
  errors: Errors;
  /** For the error summary: shown from the first refusal on, kept in step with the fields. */
  problems: Problem[];
  attempt: unknown;
  isSending: boolean;
  unsent: UnsentInput;
  /** Judges the form, draws nothing; stands anywhere beside the form. */
  rules: ReactNode;
};

function pressedIn({ nativeEvent, currentTarget }: FormEvent<HTMLFormElement>): HTMLElement {
  const submitter = nativeEvent instanceof SubmitEvent ? nativeEvent.submitter : null;
  return submitter ?? currentTarget;
}

/** The tab says whether there is something to mend; before the rules are loaded it says what the server said. */
function useTitle(title: string, hasErrors: boolean, isLive: boolean): void {
  const { t } = useTranslation();
  useEffect(() => {
    if (!isLive) return;
    const plain = t("pageTitle", { title });
    document.title = hasErrors ? t("titleWithErrors", { title: plain }) : plain;
  }, [title, hasErrors, isLive, t]);
}

/**
 * What script adds to a form of questions that works without: errors while filling in, by the rules of the server; no second
 * post while one is under way; input that survives a reload. Key the component by page: each page begins anew.
 */
export function useQuestionForm(asked: Asked, live: LiveInfo, revision: number): QuestionFormState {
  const form = useRef<HTMLFormElement>(null);
  const check = useRef<CheckForm>();
  const isChecking = useRef(false);
  const [found, setFound] = useState<Found>();
  const [round, setRound] = useState(0);
  const { judge, load } = useLiveRules(form, live);
  const unsent = useUnsent(form, asked, live, revision);
  const { isSending, isSaved } = useSending();
  const submit = useSubmit();
  const answers = useRef({ asked, count: 0 });
  if (answers.current.asked !== asked) answers.current = { asked, count: answers.current.count + 1 };

  const current = found?.asked === asked ? found : undefined;
  const errors = current?.errors ?? serverErrors(asked);
  const isListed = asked.problems.length > 0 || current?.refusal !== undefined;
  const problems = isListed ? problemsOf(asked, errors) : [];
  useTitle(asked.title, problems.length > 0, current !== undefined);

  const refuse = (wrong: Errors) => {
    unsent.keepRefused();
    setFound({ asked, errors: wrong, refusal: {} });
  };
  useEffect(() => {
    if (isSaved) unsent.forget();
  }, [isSaved]);
  // Input that was refused before a reload comes back with its errors.
  useEffect(() => {
    if (unsent.restored === "refused") void load();
  }, [unsent.restored, load]);
  useEffect(() => {
    if (!judge || unsent.restored !== "refused") return;
    void check.current?.().then((wrong) => {
      if (Object.keys(wrong).length > 0) refuse(wrong);
    });
  }, [judge]);

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    if (isSending || isChecking.current) return event.preventDefault();
    if (!check.current) return undefined;
    event.preventDefault();
    const pressed = pressedIn(event);
    isChecking.current = true;
    return void check
      .current()
      .then((wrong) => {
        if (Object.keys(wrong).length > 0) refuse(wrong);
        // The form is the element around the button; the button adds its own name and value.
        else if (pressed instanceof HTMLFormElement || pressed instanceof HTMLButtonElement)
          submit(pressed, { method: "post" });
      })
      .finally(() => {
        isChecking.current = false;
      });
  };

  const discard = () => {
    unsent.discard();
    setFound(undefined);
    setRound(round + 1);
    document.getElementById("inhalt")?.focus();
  };

  const rules = judge && form.current && (
    <judge.Rules
      key={`${answers.current.count} ${round}`}
      form={form.current}
      step={judge.step}
      asked={asked}
      today={live.today}
      check={check}
      onErrors={(wrong) =>
        setFound((before) => ({ asked, errors: wrong, ...(before?.asked === asked && { refusal: before.refusal }) }))
      }
    />
  );
  return {
    form,
    onSubmit,
    errors,
    problems,
    attempt: current?.refusal ?? asked.problems,
    isSending,
    unsent: { ...unsent, discard },
    rules,
  };
}
