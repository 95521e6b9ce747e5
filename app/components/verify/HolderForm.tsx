import { Form } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { Actions, SubmitButton } from "#app/components/Button.tsx";
import type { Problem } from "#app/components/ErrorSummary.tsx";
import { FieldControl } from "#app/components/FieldControl.tsx";
import type { FieldLook } from "#flows/engine/fields.ts";
import type { FormValues } from "#flows/engine/forms.ts";

const nameLook: FieldLook<"text"> = {
  kind: "text",
  optional: false,
  maxLength: 100,
  rows: 1,
  width: "full",
  ltr: false,
  inputMode: "text",
  autoComplete: "off",
};
const dateLook: FieldLook<"partialDate"> = { kind: "partialDate", optional: false, autoComplete: "off" };
const tickLook: FieldLook<"confirm"> = { kind: "confirm", optional: false };

type Props = {
  token: string;
  /** What was checked and found genuine; it is posted and checked again. */
  proved: { way: string; control: string; value: string };
  problems: readonly Problem[];
  /** What was typed, after an error only. */
  values: FormValues;
  /** Anything that is another one after each post: without an error the form is empty again then. */
  attempt: unknown;
};

/** The voluntary second step of a check: whether a genuine receipt belongs to a person. */
export function HolderForm({ token, proved, problems, values, attempt }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const isRefused = problems.length > 0;
  useEffect(() => {
    if (!isRefused) form.current?.reset();
  }, [attempt, isRefused]);
  const { t } = useTranslation(["pages", "fields"]);
  const errorAt = (control: string) => {
    const message = problems.find((problem) => problem.control === control)?.message;
    return message === undefined ? {} : { error: message };
  };
  return (
    <section className="ao-stack" aria-labelledby="holder">
      <h2 className="kern-heading-medium" id="holder">
        {t("pages:verify.holder.title")}
      </h2>
      <p className="kern-body">{t("pages:verify.holder.lead")}</p>
      <Form className="ao-form" method="post" noValidate autoComplete="off" ref={form} data-words="pages fields">
        <input type="hidden" name="csrf" value={token} />
        <input type="hidden" name="way" value={proved.way} />
        <input type="hidden" name={proved.control} value={proved.value} />
        <input type="hidden" name="holder" value="yes" />
        <FieldControl
          name="familyName"
          field={nameLook}
          label={t("fields:familyName.label")}
          hint={t("pages:verify.holder.nameHint")}
          values={values}
          {...errorAt("familyName")}
        />
        <FieldControl name="givenNames" field={nameLook} label={t("fields:givenNames.label")} values={values} />
        <FieldControl
          name="dateOfBirth"
          field={dateLook}
          label={t("fields:dateOfBirth.label")}
          hint={t("fields:dateOfBirth.hint")}
          values={values}
          {...errorAt("dateOfBirth.day")}
        />
        <FieldControl
          name="dateOfBirthUnknown"
          field={tickLook}
          label={t("fields:dateOfBirthUnknown.label")}
          values={values}
        />
        <Actions>
          <SubmitButton variant="primary" label={t("pages:verify.holder.submit")} />
        </Actions>
      </Form>
    </section>
  );
}
