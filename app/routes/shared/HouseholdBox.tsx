import { Actions, LinkButton } from "#app/components/Button.tsx";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import type { HouseholdNote } from "#app/routes/shared/household.server.ts";

/** How far the others of the household are, with the way to the next of them; for a person alone only the way. */
export function HouseholdBox({ note }: { note: HouseholdNote }) {
  const { t } = useTranslation(["pages"]);
  const { href, label, sent, open } = note;
  const way = (
    <Actions>
      <LinkButton href={href} label={label} />
    </Actions>
  );
  if (sent === undefined) return <div className="ao-noprint">{way}</div>;
  return (
    <section className="ao-box ao-stack ao-stack--s ao-noprint" aria-labelledby="household" data-household>
      <h2 className="kern-heading-medium" id="household">
        {t("pages:household.sentTitle")}
      </h2>
      <p className="kern-body">{sent}</p>
      {open.length > 0 && <p className="kern-body">{t("pages:household.open", { names: open.join(", ") })}</p>}
      {way}
    </section>
  );
}
