import { Form } from "@remix-run/react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { Actions, SubmitButton } from "#app/components/Button.tsx";
import { controlId } from "#app/components/controlId.ts";
import { FieldControl } from "#app/components/FieldControl.tsx";
import { InputShell } from "#app/components/FieldParts.tsx";

/** What can be chosen, what was chosen, and what is missing. */
export type ImportFormView = {
  authorities: readonly { value: string; label: string }[];
  chosen: string | undefined;
  errors: Readonly<Partial<Record<"authority" | "file", string>>>;
  /** Makes the access codes of this form: sent again it leads to the same ones. */
  seed: string;
};

const FILE = "file";

/** Sends a file of a centre. The fields stand before the file: they are read first. */
export function ImportForm({ token, view }: { token: string; view: ImportFormView }) {
  const { t } = useTranslation(["operator"]);
  const { authorities, chosen, errors, seed } = view;
  const described = [`${controlId(FILE)}-hint`, errors.file && `${controlId(FILE)}-error`].filter(Boolean).join(" ");
  return (
    <Form className="ao-form" method="post" encType="multipart/form-data" noValidate reloadDocument>
      <input type="hidden" name="csrf" value={token} />
      <input type="hidden" name="seed" value={seed} />
      <FieldControl
        name="authority"
        label={t("operator:helper.import.authority")}
        field={{ kind: "choice", optional: false, options: authorities.map(({ value }) => value) }}
        options={authorities}
        values={chosen === undefined ? {} : { authority: [chosen] }}
        {...(errors.authority === undefined ? {} : { error: errors.authority })}
      />
      <InputShell
        text={{
          name: FILE,
          label: t("operator:helper.import.file"),
          hint: t("operator:helper.import.fileHint"),
          optional: false,
          ...(errors.file === undefined ? {} : { error: errors.file }),
        }}
      >
        <input
          className="kern-form-input__input"
          type="file"
          id={controlId(FILE)}
          name={FILE}
          accept=".csv,.json,text/csv,application/json"
          aria-describedby={described}
          aria-invalid={errors.file ? true : undefined}
        />
      </InputShell>
      <Actions>
        <SubmitButton variant="primary" label={t("operator:helper.import.send")} />
      </Actions>
    </Form>
  );
}
