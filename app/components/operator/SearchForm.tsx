import { Form } from "@remix-run/react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { SubmitButton } from "#app/components/Button.tsx";
import { InputShell } from "#app/components/FieldParts.tsx";
import { controlId } from "#app/components/controlId.ts";

const NAME = "reference";

/** Finds a case by its reference. It is posted: a reference stands in no address and no log. */
export function SearchForm({
  token,
  typed = "",
  error,
}: {
  token: string;
  typed?: string;
  error?: string | undefined;
}) {
  const { t } = useTranslation(["operator"]);
  const input = "kern-form-input__input";
  const described = [`${controlId(NAME)}-hint`, error && `${controlId(NAME)}-error`].filter(Boolean).join(" ");
  return (
    <Form className="ao-search" method="post" action="/operator/search" noValidate role="search">
      <input type="hidden" name="csrf" value={token} />
      <InputShell
        text={{
          name: NAME,
          label: t("operator:search.label"),
          hint: t("operator:search.hint"),
          optional: false,
          ...(error === undefined ? {} : { error }),
        }}
      >
        <input
          className={`${error ? `${input} ${input}--error` : input} ao-code`}
          id={controlId(NAME)}
          name={NAME}
          type="text"
          maxLength={40}
          autoComplete="off"
          spellCheck={false}
          defaultValue={typed}
          aria-describedby={described}
          aria-invalid={error ? true : undefined}
        />
      </InputShell>
      <SubmitButton label={t("operator:search.button")} icon="search" />
    </Form>
  );
}
