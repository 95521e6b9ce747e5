import { Form } from "@remix-run/react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { Actions, SubmitButton } from "#app/components/Button.tsx";
import { FieldControl } from "#app/components/FieldControl.tsx";
import { FileForm } from "#app/components/verify/FileForm.tsx";
import type { Way } from "#app/routes/shared/verifyQuestion.server.ts";
import type { FieldLook } from "#flows/engine/fields.ts";
import type { FormValues } from "#flows/engine/forms.ts";

const referenceLook: FieldLook<"text"> = {
  kind: "text",
  optional: false,
  maxLength: 40,
  rows: 1,
  width: "20",
  ltr: true,
  inputMode: "text",
  autoComplete: "off",
};
const receiptLook: FieldLook<"text"> = { ...referenceLook, maxLength: 2_000, rows: 5, width: "full" };

type Props = {
  way: Way;
  token: string;
  /** What to mend in the form. */
  error?: string | undefined;
  values: FormValues;
};

/** The form of one way of checking a receipt. */
export function VerifyForm({ way, token, error, values }: Props) {
  const { t } = useTranslation(["pages", "common"]);
  if (way === "file") return <FileForm token={token} error={error} />;
  const field =
    way === "reference"
      ? { field: referenceLook, label: t("common:receipt.reference"), hint: t("pages:verify.referenceHint") }
      : { field: receiptLook, label: t("pages:verify.receipt"), hint: t("pages:verify.receiptHint") };
  return (
    <Form className="ao-form" method="post" noValidate>
      <input type="hidden" name="csrf" value={token} />
      <input type="hidden" name="way" value={way} />
      <FieldControl name={way} {...field} values={values} {...(error === undefined ? {} : { error })} />
      <Actions>
        <SubmitButton variant="primary" label={t("pages:verify.submit")} />
      </Actions>
    </Form>
  );
}
