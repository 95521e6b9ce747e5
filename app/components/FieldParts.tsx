import type { ReactNode } from "react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { controlId } from "#app/components/controlId.ts";
import { GermanTerm } from "#app/components/GermanTerm.tsx";
import { Icon } from "#app/components/Icon.tsx";

/** What every field shows around its controls. */
export type FieldText = {
  /** Control name, the beginning of all its ids. */
  name: string;
  label: ReactNode;
  /** The German words of the label, shown beside a translation. */
  labelDe?: string;
  hint?: string;
  /** Where the value comes from, if nobody typed it. */
  note?: string;
  /** What to do, in the same words as in the error summary. */
  error?: string;
  optional: boolean;
};

/** Ids of hint and error in reading order, for `aria-describedby`. */
export function describedBy({ name, hint, note, error }: FieldText): string | undefined {
  const ids = [(hint || note) && `${controlId(name)}-hint`, error && `${controlId(name)}-error`].filter(Boolean);
  return ids.length > 0 ? ids.join(" ") : undefined;
}

/** Words of a label: the question, the German term, "(optional)". */
export function LabelText({ label, labelDe, optional }: Pick<FieldText, "label" | "labelDe" | "optional">) {
  const { t } = useTranslation();
  return (
    <>
      {label}
      <GermanTerm term={labelDe} />
      {optional && (
        <>
          {" "}
          <span className="kern-label__optional">{t("field.optional")}</span>
        </>
      )}
    </>
  );
}

/** The hint of a field: where its value comes from, where to find it, then an example. */
export function Hint({ name, hint, note }: Pick<FieldText, "name" | "hint" | "note">) {
  if (!hint && !note) return null;
  return (
    <div className="kern-hint" id={`${controlId(name)}-hint`}>
      {note && <strong data-proposed={name}>{note}</strong>} {hint}
    </div>
  );
}

/** What is wrong with a field, right under it. */
export function FieldError({ name, error }: Pick<FieldText, "name" | "error">) {
  if (!error) return null;
  return (
    <p className="kern-error" id={`${controlId(name)}-error`}>
      <Icon name="danger" />
      <span className="kern-body">{error}</span>
    </p>
  );
}

/** A field with one control: label, hint, the control, error. */
export function InputShell({ text, children }: { text: FieldText; children: ReactNode }) {
  return (
    <div className={text.error ? "kern-form-input kern-form-input--error" : "kern-form-input"}>
      <label className="kern-label" htmlFor={controlId(text.name)}>
        <LabelText {...text} />
      </label>
      <Hint {...text} />
      {children}
      <FieldError {...text} />
    </div>
  );
}

/** A field with several controls: the legend asks, each control has a label of its own. */
export function GroupShell({
  text,
  className = "",
  body = "",
  children,
}: {
  text: FieldText;
  className?: string;
  body?: string;
  children: ReactNode;
}) {
  const classes = ["kern-fieldset", className, text.error ? "kern-fieldset--error" : ""].filter(Boolean).join(" ");
  return (
    <fieldset className={classes} aria-describedby={describedBy(text)}>
      <legend className="kern-label">
        <LabelText {...text} />
      </legend>
      <Hint {...text} />
      <div className={`kern-fieldset__body ${body}`.trim()}>{children}</div>
      <FieldError {...text} />
    </fieldset>
  );
}
