import { Badge } from "#app/components/Badge.tsx";
import { SubmitButton } from "#app/components/Button.tsx";
import { useTranslation } from "#app/i18n/useTranslation.ts";

/** A person of a household: what they are called, how far they are, and what the button that opens them says. */
export type ListedPerson = { member: number; name: string; note: string; isFiled: boolean; label: string };

/** The people of a household. Stands inside the form of the page: opening one posts `open=<member>`. */
export function PersonList({ persons }: { persons: readonly ListedPerson[] }) {
  const { t } = useTranslation(["pages"]);
  return (
    <ul className="ao-items">
      {persons.map(({ member, name, note, isFiled, label }) => (
        <li key={member}>
          <div className="ao-items__what">
            <b>
              <bdi>{name}</bdi>
            </b>
            <span className="ao-items__note">{note}</span>
          </div>
          <div className="ao-row">
            {isFiled && <Badge tone="success" label={t("pages:household.isSent")} />}
            <SubmitButton small name="open" value={String(member)} label={label} of={name} />
          </div>
        </li>
      ))}
    </ul>
  );
}
