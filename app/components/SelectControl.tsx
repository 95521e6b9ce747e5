import { useTranslation } from "#app/i18n/useTranslation.ts";
import type { FieldLook } from "#flows/engine/fields.ts";
import type { FormValues } from "#flows/engine/forms.ts";
import type { Option } from "#app/components/ChoiceControl.tsx";
import { controlId } from "#app/components/controlId.ts";
import { describedBy, GroupShell, InputShell, type FieldText } from "#app/components/FieldParts.tsx";

type SelectProps = { name: string; options: readonly Option[]; value: string; error?: string; describedBy?: string };

function Select({ name, options, value, error, describedBy: describing }: SelectProps) {
  const { t } = useTranslation();
  const base = "kern-form-input__select";
  return (
    <div className="kern-form-input__select-wrapper">
      <select
        className={error ? `${base} ${base}--error` : base}
        id={controlId(name)}
        name={name}
        aria-describedby={describing}
        aria-invalid={error ? true : undefined}
        defaultValue={value}
      >
        <option value="">{t("field.choose")}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

/** One entry of a long known list. */
export function SelectControl({
  text,
  options,
  value,
}: {
  text: FieldText;
  options: readonly Option[];
  value: string;
}) {
  return (
    <InputShell text={text}>
      <Select name={text.name} options={options} value={value} error={text.error} describedBy={describedBy(text)} />
    </InputShell>
  );
}

/** Several states: the first at once, the others behind a disclosure that is open when it holds an answer. */
export function CountriesControl({
  field,
  text,
  options,
  values,
}: {
  field: FieldLook<"countries">;
  text: FieldText;
  options: readonly Option[];
  values: FormValues;
}) {
  const { t } = useTranslation();
  const names = Array.from({ length: field.max }, (_, index) => `${text.name}.${index}`);
  const valueOf = (name: string) => values[name]?.[0] ?? "";
  const [first = "", ...others] = names.map((name, index) => ({
    name,
    control: (
      <div className="kern-form-input" key={name}>
        <label className="kern-label" htmlFor={controlId(name)}>
          {t("field.state", { number: index + 1 })}
        </label>
        <Select name={name} options={options} value={valueOf(name)} error={text.error} />
      </div>
    ),
  }));
  return (
    <GroupShell text={text}>
      {first && first.control}
      {others.length > 0 && (
        <details className="ao-why" open={others.some(({ name }) => valueOf(name) !== "")}>
          <summary>{t("field.moreStates")}</summary>
          <div className="ao-more">{others.map(({ control }) => control)}</div>
        </details>
      )}
    </GroupShell>
  );
}
