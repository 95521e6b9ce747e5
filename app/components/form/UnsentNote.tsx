import { useTranslation } from "#app/i18n/useTranslation.ts";
import { Icon } from "#app/components/Icon.tsx";

/** Says, also aloud, that input of before stands in the form again; the button puts the form back to what is saved. */
export function UnsentNote({ isShown, onDiscard }: { isShown: boolean; onDiscard: () => void }) {
  const { t } = useTranslation();
  return (
    <>
      <div role="status">
        {isShown && (
          <div className="kern-alert kern-alert--info">
            <div className="kern-alert__header">
              <Icon name="info" />
              <p className="kern-title kern-title--small">{t("unsent.title")}</p>
            </div>
            <div className="kern-alert__body">
              <p className="kern-body">{t("unsent.text")}</p>
            </div>
          </div>
        )}
      </div>
      {isShown && (
        <button type="button" className="kern-btn kern-btn--tertiary ao-unsent__discard" onClick={onDiscard}>
          <span className="kern-label">{t("unsent.discard")}</span>
        </button>
      )}
    </>
  );
}
