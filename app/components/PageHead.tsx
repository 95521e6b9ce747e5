import { Link } from "@remix-run/react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { GermanTerm } from "#app/components/GermanTerm.tsx";
import { Icon } from "#app/components/Icon.tsx";

/** The one `h1` of a page with its lead; `titleDe` is the German term beside a translated title. */
export function PageHead({ title, titleDe, lead }: { title: string; titleDe?: string; lead?: string }) {
  return (
    <div className="ao-head">
      <h1 className="kern-heading-large">
        {title}
        <GermanTerm term={titleDe} />
      </h1>
      {lead && <p className="kern-body">{lead}</p>}
    </div>
  );
}

/** The link to the page before, above the heading. */
export function BackLink({ href }: { href: string }) {
  const { t } = useTranslation();
  return (
    <Link className="kern-link kern-link--no-visited-state ao-back" to={href}>
      <Icon name="arrow-back" />
      {t("actions.back")}
    </Link>
  );
}
