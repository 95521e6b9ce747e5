import { Form, useSubmit } from "@remix-run/react";
import { useEffect, useState, type FormEvent } from "react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { Actions, SubmitButton } from "#app/components/Button.tsx";
import { controlId } from "#app/components/controlId.ts";
import { describedBy, InputShell } from "#app/components/FieldParts.tsx";
import { hashOfFile } from "#app/components/verify/hashOfFile.ts";

/**
 * The form for the PDF of an application. With script the file is hashed here and only its hash is sent; without, the
 * server hashes it while it comes in.
 */
export function FileForm({ token, error }: { token: string; error?: string | undefined }) {
  const { t } = useTranslation(["pages"]);
  const submit = useSubmit();
  const [staysHere, setStaysHere] = useState(false);
  // Only secure pages have WebCrypto, and only a page with running script knows.
  useEffect(() => setStaysHere("subtle" in window.crypto), []);
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    const input = event.currentTarget.elements.namedItem("file");
    if (!staysHere || !(input instanceof HTMLInputElement)) return;
    event.preventDefault();
    void hashOfFile(input.files?.[0]).then((found) =>
      submit({ csrf: token, way: "file", ...found }, { method: "post" }),
    );
  };
  const hint = [t("pages:verify.fileHint"), staysHere ? t("pages:verify.fileStays") : ""].join(" ").trim();
  const text = { name: "file", label: t("pages:verify.file"), hint, optional: false, ...(error ? { error } : {}) };
  return (
    <Form className="ao-form" method="post" encType="multipart/form-data" noValidate onSubmit={onSubmit}>
      <input type="hidden" name="csrf" value={token} />
      <input type="hidden" name="way" value="file" />
      <InputShell text={text}>
        <input
          className={`kern-form-input__input${error ? " kern-form-input__input--error" : ""}`}
          type="file"
          id={controlId(text.name)}
          name={text.name}
          accept="application/pdf,.pdf"
          aria-describedby={describedBy(text)}
          aria-invalid={error ? true : undefined}
        />
      </InputShell>
      <Actions>
        <SubmitButton variant="primary" label={t("pages:verify.submit")} />
      </Actions>
    </Form>
  );
}
