import { useTranslation } from "#app/i18n/useTranslation.ts";
import { Badge } from "#app/components/Badge.tsx";
import { BlockTable } from "#app/components/operator/BlockTable.tsx";

/** An application that a helper began today, in finished words; nothing of the person. */
export type HelpedLine = {
  id: number;
  /** None before it is filed. */
  reference?: string;
  authority: string;
  started: string;
  state: { tone: "info" | "success" | "warning" | "danger"; label: string };
  handedOver: boolean;
  /** Its label as PDF, once there is a reference. */
  labelHref?: string;
};

/** The applications of the day with reference, time and state. */
export function HelpedTable({ lines }: { lines: readonly HelpedLine[] }) {
  const { t } = useTranslation(["operator"]);
  const columns = ["reference", "started", "authority", "state", "label"] as const;
  return (
    <BlockTable
      caption={t("operator:helper.caption")}
      columns={columns.map((name) => ({ label: t(`operator:helper.columns.${name}`) }))}
      rows={lines.map(({ id, reference, authority, started, state, handedOver, labelHref }) => ({
        key: String(id),
        cells: [
          <span className="ao-code">{reference ?? t("operator:none")}</span>,
          started,
          authority,
          <>
            <Badge {...state} />
            {handedOver && <small>{t("operator:helper.handedOver")}</small>}
          </>,
          labelHref === undefined ? (
            t("operator:none")
          ) : (
            <a className="kern-link kern-link--no-visited-state" href={labelHref}>
              {t("operator:helper.label")}
            </a>
          ),
        ],
      }))}
    />
  );
}
