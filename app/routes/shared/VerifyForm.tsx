import { Form, useLocation } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { SubmitButton } from "#app/components/Button.tsx";
import { controlId } from "#app/components/controlId.ts";
import { describedBy, InputShell, type FieldText } from "#app/components/FieldParts.tsx";

/** Three parts of base64url: the compact form of a signed text (RFC 7515, 7.1). Other anchors stay where they are. */
const SIGNED_TEXT = /^#[\w-]+\.[\w-]+\.[\w-]+$/;

/**
 * The form for the text of a receipt. A scanned code brings it behind `#`, which no server sees; with script it moves from
 * there into the field, without script it is pasted.
 */
export function VerifyForm({ token, text, submit }: { token: string; text: FieldText; submit: string }) {
  const { hash } = useLocation();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (!SIGNED_TEXT.test(hash) || !field.current) return;
    field.current.value = hash.slice(1);
    window.history.replaceState(window.history.state, "", window.location.pathname);
  }, [hash]);
  return (
    <Form className="ao-form" method="post" noValidate>
      <input type="hidden" name="csrf" value={token} />
      <InputShell text={text}>
        <textarea
          className={`kern-form-input__input ao-ltr${text.error ? " kern-form-input__input--error" : ""}`}
          id={controlId(text.name)}
          name={text.name}
          rows={5}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          aria-describedby={describedBy(text)}
          aria-invalid={text.error ? true : undefined}
          ref={field}
        />
      </InputShell>
      <div>
        <SubmitButton variant="primary" label={submit} />
      </div>
    </Form>
  );
}
