import { useTranslation } from "#app/i18n/useTranslation.ts";
import type { FieldLook } from "#flows/engine/fields.ts";
import type { FormValues } from "#flows/engine/forms.ts";
import { controlId } from "#app/components/controlId.ts";
import { GroupShell, type FieldText } from "#app/components/FieldParts.tsx";
import { inputClasses } from "#app/components/TextControl.tsx";

const PARTS = [
  { part: "day", width: "2" },
  { part: "month", width: "2" },
  { part: "year", width: "4" },
] as const;

/** A date as three fields, `<name>.day`, `.month`, `.year`; a partial date may leave day and month empty. */
export function DateControl({
  field,
  text,
  values,
}: {
  field: FieldLook<"date" | "partialDate">;
  text: FieldText;
  values: FormValues;
}) {
  const { t } = useTranslation();
  const hint = text.hint ?? t(field.kind === "date" ? "field.dateHint" : "field.partialDateHint");
  return (
    <GroupShell text={{ ...text, hint }} className="ao-date" body="kern-fieldset__body--horizontal">
      {PARTS.map(({ part, width }) => {
        const name = `${text.name}.${part}`;
        return (
          <div className="kern-form-input" key={part}>
            <label className="kern-label" htmlFor={controlId(name)}>
              {t(`field.${part}`)}
            </label>
            <input
              className={inputClasses(width, true, text.error)}
              id={controlId(name)}
              name={name}
              type="text"
              inputMode="numeric"
              autoComplete={field.autoComplete === "off" ? "off" : `${field.autoComplete}-${part}`}
              aria-invalid={text.error ? true : undefined}
              defaultValue={values[name]?.[0] ?? ""}
            />
          </div>
        );
      })}
    </GroupShell>
  );
}
