import { Link } from "@remix-run/react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { SubmitButton } from "#app/components/Button.tsx";

/** A person or thing that was added. */
export type GroupItem = { id: string; title: string; note?: string; isComplete: boolean; editHref: string };

export type GroupListProps = {
  items: readonly GroupItem[];
  /** One sentence for an empty list. */
  empty: string;
  /** Label of the button that adds one; none when the list is full. */
  addLabel?: string;
};

/**
 * What was added so far. Stands inside the form of the page: removing posts `remove=<item id>`, adding posts `add=yes`.
 * The form needs a `DefaultSubmit` first.
 */
export function GroupList({ items, empty, addLabel }: GroupListProps) {
  const { t } = useTranslation();
  return (
    <div className="ao-stack">
      {items.length === 0 ? (
        <p className="kern-body">{empty}</p>
      ) : (
        <ul className="ao-items">
          {items.map(({ id, title, note, isComplete, editHref }) => (
            <li key={id}>
              <div className="ao-items__what">
                <b>
                  <bdi>{title}</bdi>
                </b>
                {note && <span className="ao-items__note">{note} </span>}
                {!isComplete && <span className="ao-tag">{t("group.incomplete")}</span>}
              </div>
              <div className="ao-row">
                <Link className="kern-link kern-link--no-visited-state" to={editHref}>
                  {t("actions.change")}
                  <span className="ao-hidden">{t("actions.of", { what: title })}</span>
                </Link>
                <SubmitButton
                  variant="tertiary"
                  small
                  icon="delete"
                  name="remove"
                  value={id}
                  label={t("actions.remove")}
                  of={title}
                />
              </div>
            </li>
          ))}
        </ul>
      )}
      {addLabel && (
        <div>
          <SubmitButton icon="add" name="add" value="yes" label={addLabel} />
        </div>
      )}
    </div>
  );
}
