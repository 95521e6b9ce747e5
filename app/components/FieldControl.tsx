import { useContext, type ReactNode } from "react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import type { FieldLook } from "#flows/engine/fields.ts";
import type { FormValues } from "#flows/engine/forms.ts";
import { ChoiceControl, ConfirmControl, type Option } from "#app/components/ChoiceControl.tsx";
import { DateControl } from "#app/components/DateControl.tsx";
import { HelpedContext } from "#app/components/HelpedContext.ts";
import type { FieldText } from "#app/components/FieldParts.tsx";
import { CountriesControl, SelectControl } from "#app/components/SelectControl.tsx";
import { NumberControl, TextControl } from "#app/components/TextControl.tsx";

export type FieldControlProps = {
  /** Control name; ids are made of it by `controlId`. */
  name: string;
  field: FieldLook;
  label: ReactNode;
  /** German words of the label, shown beside a translation. */
  labelDe?: string;
  hint?: string;
  /** Where the value comes from, if nobody typed it. */
  note?: string;
  /** Text of the error, in the words of the error summary. */
  error?: string;
  /** What stands in the controls: stored answers or the last post, as `writeField` gives them. */
  values: FormValues;
  /** Answers with their words: needed for choices and lists of states. */
  options?: readonly Option[];
  optional?: boolean;
};

/**
 * The controls of any field of a flow, uncontrolled, so that the page works before and without script. Key the form by
 * page and item: React keeps what stands in an uncontrolled field of the same name. Where somebody helps, the browser is told
 * not to remember what is typed.
 */
export function FieldControl({
  name,
  field,
  label,
  labelDe,
  hint,
  note,
  error,
  values,
  options = [],
  optional,
}: FieldControlProps) {
  const { t } = useTranslation();
  const isHelped = useContext(HelpedContext);
  const text: FieldText = { name, label, labelDe, hint, note, error, optional: optional ?? field.optional };
  const value = values[name]?.[0] ?? "";
  switch (field.kind) {
    case "text":
      return <TextControl field={isHelped ? { ...field, autoComplete: "off" } : field} text={text} value={value} />;
    case "number":
    case "money":
      return <NumberControl field={field} text={text} value={value} />;
    case "date":
    case "partialDate":
      return <DateControl field={isHelped ? { ...field, autoComplete: "off" } : field} text={text} values={values} />;
    case "choice":
      return <ChoiceControl type="radio" text={text} options={options} chosen={values[name] ?? []} />;
    case "choices":
      return <ChoiceControl type="checkbox" text={text} options={options} chosen={values[name] ?? []} />;
    case "yesNo": {
      const answers = [
        { value: "yes", label: t("field.yes") },
        { value: "no", label: t("field.no") },
      ];
      return <ChoiceControl type="radio" text={text} options={answers} chosen={[value]} />;
    }
    case "confirm":
      return <ConfirmControl text={text} checked={value !== ""} />;
    case "country":
      return <SelectControl text={text} options={options} value={value} />;
    case "countries":
      return <CountriesControl field={field} text={text} options={options} values={values} />;
  }
}
