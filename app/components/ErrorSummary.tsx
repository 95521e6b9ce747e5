import { useEffect, useRef, type MouseEvent } from "react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { controlId } from "#app/components/controlId.ts";
import { Icon } from "#app/components/Icon.tsx";

/** What to mend: the name of the first control concerned (`firstControl`) and the words shown at the field too. */
export type Problem = { control: string; message: string };

/** Leads to a field with its question in view, and leaves the address as it is: a reload would jump there again. */
function lead(event: MouseEvent, id: string): void {
  const control = document.getElementById(id);
  if (!control) return;
  event.preventDefault();
  (control.closest("fieldset, .kern-form-input, .kern-form-check") ?? control).scrollIntoView();
  control.focus({ preventScroll: true });
}

/**
 * All problems of a page as links to their fields, above the heading. Takes the focus: by `autofocus` without script, by
 * an effect after each attempt to send. Shows nothing when there are none.
 * @param attempt anything that is another one after each post (the action's data); without it another content counts
 */
export function ErrorSummary({ problems, attempt }: { problems: readonly Problem[]; attempt?: unknown }) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  // Not the problems themselves: they change while somebody mends them, and would pull the focus out of the field.
  const content = problems.map(({ control, message }) => `${control} ${message}`).join("\n");
  const occasion = attempt ?? content;
  useEffect(() => box.current?.focus(), [occasion]);
  if (problems.length === 0) return null;
  return (
    <div
      className="kern-alert kern-alert--danger ao-errors"
      id="errors"
      ref={box}
      tabIndex={-1}
      autoFocus
      role="group"
      aria-labelledby="errors-title"
    >
      <div className="kern-alert__header">
        <Icon name="danger" />
        <h2 className="kern-title kern-title--small" id="errors-title">
          {t("errors.title", { count: problems.length })}
        </h2>
      </div>
      <div className="kern-alert__body">
        <ul className="kern-list">
          {problems.map(({ control, message }) => (
            <li key={`${control} ${message}`}>
              <a
                className="kern-link kern-link--no-visited-state"
                href={`#${controlId(control)}`}
                onClick={(event) => lead(event, controlId(control))}
              >
                {message}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
