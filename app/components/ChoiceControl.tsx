import { controlId } from "#app/components/controlId.ts";
import { describedBy, FieldError, GroupShell, Hint, LabelText, type FieldText } from "#app/components/FieldParts.tsx";

/** An answer on offer: what is posted and what is read. */
export type Option = { value: string; label: string };

/** One of a few answers (radio) or any number of them (checkbox); the whole row is the target, nothing is preselected. */
export function ChoiceControl({
  type,
  text,
  options,
  chosen,
}: {
  type: "radio" | "checkbox";
  text: FieldText;
  options: readonly Option[];
  chosen: readonly string[];
}) {
  return (
    <GroupShell text={text}>
      {options.map((option, index) => {
        // Error links lead to the name of the field, hence to its first answer.
        const id = index === 0 ? controlId(text.name) : controlId(`${text.name}.${index}`);
        return (
          <div className="kern-form-check ao-choice" key={option.value}>
            <input
              className={`kern-form-check__${type}`}
              type={type}
              id={id}
              name={text.name}
              value={option.value}
              aria-invalid={text.error && type === "checkbox" ? true : undefined}
              defaultChecked={chosen.includes(option.value)}
            />
            <label className="kern-label" htmlFor={id}>
              {option.label}
            </label>
          </div>
        );
      })}
    </GroupShell>
  );
}

/** A statement to tick; never ticked in advance. */
export function ConfirmControl({ text, checked }: { text: FieldText; checked: boolean }) {
  const id = controlId(text.name);
  const error = text.error ? " kern-form-check__checkbox--error" : "";
  return (
    <div className={text.error ? "kern-form-check kern-form-check--error" : "kern-form-check"}>
      <input
        className={`kern-form-check__checkbox${error}`}
        type="checkbox"
        id={id}
        name={text.name}
        value="yes"
        aria-describedby={describedBy(text)}
        aria-invalid={text.error ? true : undefined}
        defaultChecked={checked}
      />
      <label className="kern-label" htmlFor={id}>
        <LabelText {...text} />
      </label>
      <Hint {...text} />
      <FieldError {...text} />
    </div>
  );
}
