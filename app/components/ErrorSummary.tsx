import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { controlId } from "#app/components/controlId.ts";
import { Icon } from "#app/components/Icon.tsx";

/** What to mend: the name of the first control concerned (`firstControl`) and the words shown at the field too. */
export type Problem = { control: string; message: string };

/**
 * All problems of a page as links to their fields, above the heading. Takes the focus: by `autofocus` without script, by
 * an effect each time a post brings new problems. Shows nothing when there are none.
 */
export function ErrorSummary({ problems }: { problems: readonly Problem[] }) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), [problems]);
  if (problems.length === 0) return null;
  return (
    <div
      className="kern-alert kern-alert--danger ao-errors"
      id="errors"
      ref={box}
      tabIndex={-1}
      // eslint-disable-next-line jsx-a11y/no-autofocus
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
            <li key={control}>
              <a className="kern-link kern-link--no-visited-state" href={`#${controlId(control)}`}>
                {message}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
