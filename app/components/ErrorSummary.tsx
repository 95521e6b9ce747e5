import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { controlId } from "#app/components/controlId.ts";
import { Icon } from "#app/components/Icon.tsx";

/** What to mend: the name of the first control concerned (`firstControl`) and the words shown at the field too. */
export type Problem = { control: string; message: string };

/**
 * All problems of a page as links to their fields, above the heading. Takes the focus: by `autofocus` without script, by
 * an effect when the problems change. Shows nothing when there are none.
 * @param attempt anything that is another one after each post (the action's data): the same problems take focus again
 */
export function ErrorSummary({ problems, attempt }: { problems: readonly Problem[]; attempt?: unknown }) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  // Not the array itself: a page that builds it anew on each render would pull the focus out of the field being typed in.
  const content = problems.map(({ control, message }) => `${control} ${message}`).join("\n");
  useEffect(() => box.current?.focus(), [content, attempt]);
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
