import { Form } from "@remix-run/react";
import { SubmitButton } from "#app/components/Button.tsx";

/** One act of the operator as a button: posted at once, asks nothing. `of` says to what, for those who only hear it. */
export function ActForm({
  token,
  action,
  values,
  label,
  of,
  look = "button",
}: {
  token: string;
  action: string;
  values: Readonly<Record<string, string>>;
  label: string;
  of?: string;
  /** In tables a button looks like a link. */
  look?: "button" | "small" | "link";
}) {
  return (
    <Form method="post" action={action}>
      <input type="hidden" name="csrf" value={token} />
      {Object.entries(values).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <SubmitButton
        label={label}
        small={look !== "button"}
        variant={look === "link" ? "tertiary" : "secondary"}
        {...(of && { of })}
      />
    </Form>
  );
}
