import { Link } from "@remix-run/react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { Alert } from "#app/components/Alert.tsx";
import { Icon } from "#app/components/Icon.tsx";

/** One kind of finding at one authority, in finished words. */
export type Alarm = {
  key: string;
  title: string;
  /** Whose: an authority, or nothing for the whole service. */
  whose?: string;
  since: string;
  text: string;
  todo: string;
  codes: string[];
  /** Further findings of this kind. */
  more?: string;
  link?: { href: string; label: string };
};

/** What somebody has to look at, before everything else. */
export function Alarms({ alarms }: { alarms: readonly Alarm[] }) {
  const { t } = useTranslation(["operator"]);
  if (alarms.length === 0) return <Alert tone="success" title={t("operator:alarms.none")} />;
  return (
    <div className="kern-alert kern-alert--danger">
      <div className="kern-alert__header">
        <Icon name="danger" />
        <h2 className="kern-title kern-title--small">{t("operator:alarms.title", { count: alarms.length })}</h2>
      </div>
      <div className="kern-alert__body">
        <ul className="ao-alarms">
          {alarms.map(({ key, title, whose, since, text, todo, codes, more, link }) => (
            <li key={key}>
              <p className="ao-alarms__what">
                <b>{whose === undefined ? title : `${whose}: ${title}`}</b> <span className="ao-muted">{since}</span>
              </p>
              <p>
                {text} {more}
              </p>
              <p>{t("operator:alarms.todo", { text: todo })}</p>
              <p className="ao-row">
                {link && (
                  <Link className="kern-link" to={link.href}>
                    {link.label}
                  </Link>
                )}
                {codes.map((code) => (
                  <span key={code} className="ao-code">
                    {code}
                  </span>
                ))}
              </p>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
