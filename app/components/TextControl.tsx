import type { FieldLook } from "#flows/engine/fields.ts";
import { controlId } from "#app/components/controlId.ts";
import { describedBy, InputShell, type FieldText } from "#app/components/FieldParts.tsx";

const WIDTHS = {
  full: "",
  "20": "ao-width-20",
  "10": "ao-width-10",
  "4": "kern-form-input__input--width-4",
  "2": "kern-form-input__input--width-2",
} as const;

/** Classes of an input: how wide, which direction, whether wrong. */
export function inputClasses(width: keyof typeof WIDTHS, ltr: boolean, error: string | undefined): string {
  const base = "kern-form-input__input";
  return [base, error && `${base}--error`, WIDTHS[width], ltr && "ao-ltr"].filter(Boolean).join(" ");
}

const shared = (text: FieldText) => ({
  id: controlId(text.name),
  name: text.name,
  "aria-describedby": describedBy(text),
  "aria-invalid": text.error ? (true as const) : undefined,
});

/**
 * Free text on one or several lines. There is no `maxlength`: it would cut a pasted text silently, while the server says
 * that it is too long. Free text takes the direction of what is typed; numbers and codes stay left to right.
 */
export function TextControl({ field, text, value }: { field: FieldLook<"text">; text: FieldText; value: string }) {
  const { width, ltr, rows, inputMode, autoComplete } = field;
  const common = { ...shared(text), className: inputClasses(width, ltr, text.error), dir: ltr ? undefined : "auto" };
  return (
    <InputShell text={text}>
      {rows > 1 ? (
        <textarea {...common} rows={rows} defaultValue={value} />
      ) : (
        <input
          {...common}
          type="text"
          inputMode={inputMode === "text" ? undefined : inputMode}
          autoComplete={autoComplete}
          autoCapitalize={inputMode === "email" ? "none" : undefined}
          spellCheck={false}
          defaultValue={value}
        />
      )}
    </InputShell>
  );
}

/** A whole number, or an amount of euros with its sign behind the field. */
export function NumberControl({
  field,
  text,
  value,
}: {
  field: FieldLook<"number" | "money">;
  text: FieldText;
  value: string;
}) {
  const isMoney = field.kind === "money";
  const unit = isMoney ? `${controlId(text.name)}-unit` : undefined;
  const input = (
    <input
      {...shared(text)}
      aria-describedby={[describedBy(text), unit].filter(Boolean).join(" ") || undefined}
      type="text"
      inputMode={isMoney ? "decimal" : "numeric"}
      autoComplete="off"
      className={inputClasses(isMoney ? "10" : field.width, true, text.error)}
      defaultValue={value}
    />
  );
  return (
    <InputShell text={text}>
      {isMoney ? (
        <div className="ao-unit">
          {input}
          <span id={unit}>€</span>
        </div>
      ) : (
        input
      )}
    </InputShell>
  );
}
