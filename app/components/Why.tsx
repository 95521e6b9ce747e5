import { useTranslation } from "#app/i18n/useTranslation.ts";
import { Icon } from "#app/components/Icon.tsx";

/** Why a question is asked, with the law in brackets; at most one per question, after the field. */
export function Why({ text }: { text: string }) {
  const { t } = useTranslation();
  return (
    <details className="ao-why">
      <summary>
        <Icon name="help" />
        {t("why")}
      </summary>
      <div>
        <p className="kern-body">{text}</p>
      </div>
    </details>
  );
}
