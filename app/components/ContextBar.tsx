import { Link } from "@remix-run/react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { CodeBox } from "#app/components/CodeBox.tsx";
import { Icon } from "#app/components/Icon.tsx";

export type SavedState = { state: "saving" | "offline" | "failed" } | { state: "saved"; time: string };

const ICONS = { saving: "autorenew", saved: "success", offline: "warning", failed: "danger" } as const;

function SavedNote({ saved }: { saved: SavedState }) {
  const { t } = useTranslation();
  return (
    <>
      <Icon name={ICONS[saved.state]} size="small" />
      <span>{saved.state === "saved" ? t("context.saved", { time: saved.time }) : t(`context.${saved.state}`)}</span>
    </>
  );
}

export type ContextBarProps = {
  /** Title of the application in the language of the page. */
  title: string;
  /** None before the first save. */
  saved?: SavedState;
  laterHref?: string;
  /** The people whose applications belong together, once there are several. */
  householdHref?: string;
  /** Whose application of those it is. */
  person?: string;
  /** Groups of the access code, with the date (formatted) on which the draft will be deleted. */
  code?: { groups: readonly string[]; retentionDate: string };
};

/** What is being filled in, that it is saved, and how to go on later. */
export function ContextBar({ title, saved, laterHref, householdHref, person, code }: ContextBarProps) {
  const { t } = useTranslation();
  return (
    <section className="ao-context" aria-label={t("context.label")}>
      <div className="ao-page">
        <p>
          {t("context.application", { title })}
          {person && (
            <>
              {" · "}
              <bdi>{person}</bdi>
            </>
          )}
        </p>
        <div className="ao-saved">
          <span className="ao-saved__state" role="status">
            {saved && <SavedNote saved={saved} />}
          </span>
          {laterHref && (
            <Link className="kern-link kern-link--small kern-link--no-visited-state" to={laterHref}>
              {t("context.later")}
            </Link>
          )}
          {householdHref && (
            <Link className="kern-link kern-link--small kern-link--no-visited-state" to={householdHref}>
              {t("context.household")}
            </Link>
          )}
          {code && (
            <details>
              <summary>{t("context.code")}</summary>
              <div className="ao-resume">
                <p>{t("context.codeText")}</p>
                <p>{t("context.retention", { date: code.retentionDate })}</p>
                <CodeBox groups={code.groups} />
              </div>
            </details>
          )}
        </div>
      </div>
    </section>
  );
}
