import { Form } from "@remix-run/react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { Actions, SubmitButton } from "#app/components/Button.tsx";
import { FieldControl } from "#app/components/FieldControl.tsx";

type Option = { value: string; label: string };

/** What can be chosen, what was chosen, and what is missing. */
export type BeginView = {
  languages: readonly Option[];
  authorities: readonly Option[];
  values: Readonly<Record<string, string[]>>;
  errors: Readonly<Partial<Record<"language" | "authority", string>>>;
};

/** Begins an application for somebody: their language, and the authority. The whole document changes to theirs. */
export function BeginForm({ token, view }: { token: string; view: BeginView }) {
  const { t } = useTranslation(["operator"]);
  const { languages, authorities, values, errors } = view;
  const choices = [
    { name: "language", options: languages },
    { name: "authority", options: authorities },
  ] as const;
  return (
    <Form className="ao-form" method="post" noValidate reloadDocument>
      <input type="hidden" name="csrf" value={token} />
      {choices.map(({ name, options }) => (
        <FieldControl
          key={name}
          name={name}
          label={t(`operator:helper.${name}`)}
          field={{ kind: "choice", optional: false, options: options.map(({ value }) => value) }}
          options={options}
          values={values}
          {...(errors[name] === undefined ? {} : { error: errors[name] })}
        />
      ))}
      <Actions>
        <SubmitButton variant="primary" label={t("operator:helper.begin")} />
      </Actions>
    </Form>
  );
}
