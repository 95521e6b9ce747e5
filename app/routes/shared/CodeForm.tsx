import { Form } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { Actions, SubmitButton } from "#app/components/Button.tsx";
import { ErrorSummary } from "#app/components/ErrorSummary.tsx";
import { FieldControl } from "#app/components/FieldControl.tsx";
import type { TypedCode } from "#app/routes/shared/code-form.server.ts";
import { HiddenControls } from "#app/routes/shared/StepPage.tsx";
import type { FieldLook } from "#flows/engine/fields.ts";

const look: FieldLook<"text"> = {
  kind: "text",
  optional: false,
  maxLength: 60,
  rows: 1,
  width: "full",
  ltr: true,
  inputMode: "text",
  autoComplete: "off",
};

/** An access code or a ticket as links carry it. Other anchors, such as that of the error summary, stay where they are. */
const SCANNED = /^#(?:(?:\w{4}-){6}\w{4}|\w{5}-\w{5})$/;

type Props = {
  token: string;
  label: string;
  hint: string;
  submit: string;
  /** Words of the voluntary field for the reference; without them the form asks for the code alone. */
  reference?: { label: string; hint: string };
  /** The refused post: what was typed and why it opens nothing. */
  posted?: { typed: TypedCode; error: string; control: keyof TypedCode } | undefined;
};

/** The form that takes an access code or a ticket; a code behind `#` of a scanned link is moved into it and out of the address. */
export function CodeForm({ token, label, hint, submit, reference, posted }: Props) {
  const errorAt = (control: keyof TypedCode) => (posted?.control === control ? { error: posted.error } : {});
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const { hash } = window.location;
    const input = form.current?.elements.namedItem("code");
    if (!SCANNED.test(hash) || !(input instanceof HTMLInputElement)) return;
    window.history.replaceState(window.history.state, "", window.location.pathname);
    input.value = hash.slice(1);
    form.current?.requestSubmit();
  }, []);
  return (
    <>
      <ErrorSummary problems={posted ? [{ control: posted.control, message: posted.error }] : []} attempt={posted} />
      <Form className="ao-form" method="post" noValidate ref={form}>
        <HiddenControls token={token} />
        {reference && (
          <FieldControl
            name="reference"
            field={{ ...look, optional: true, width: "20" }}
            {...reference}
            values={{ reference: [posted?.typed.reference ?? ""] }}
            {...errorAt("reference")}
          />
        )}
        <FieldControl
          name="code"
          field={look}
          label={label}
          hint={hint}
          values={{ code: [posted?.typed.code ?? ""] }}
          {...errorAt("code")}
        />
        <Actions>
          <SubmitButton variant="primary" label={submit} />
        </Actions>
      </Form>
    </>
  );
}
