import { useTranslation } from "#app/i18n/useTranslation.ts";
import { Badge } from "#app/components/Badge.tsx";
import { ActForm } from "#app/components/operator/ActForm.tsx";

/** Faults that can be provoked in the demo. */
export type DrillBoard = {
  /** The fault in force in words, if there is one. */
  inForce?: string;
  isReachable: boolean;
  drills: { name: string; title: string; see: string; isOn: boolean }[];
};

/** Buttons for faults, each with what one will see. In the demo only. */
export function Drills({ board, token }: { board: DrillBoard; token: string }) {
  const { t } = useTranslation(["operator"]);
  const { inForce, isReachable, drills } = board;
  return (
    <section className="ao-stack ao-stack--s" aria-labelledby="drills">
      <h2 className="kern-heading-small" id="drills">
        {t("operator:drills.title")}
      </h2>
      <p className="kern-body">{t("operator:drills.lead")}</p>
      <div className="ao-row">
        <Badge
          tone={!isReachable || inForce !== undefined ? "warning" : "success"}
          label={
            isReachable
              ? t("operator:drills.inForce", { title: inForce ?? t("operator:drills.none") })
              : t("operator:drills.unreachable")
          }
        />
        {inForce !== undefined && (
          <ActForm
            token={token}
            action="/operator/drills"
            values={{ drill: "none" }}
            label={t("operator:drills.end")}
            look="small"
          />
        )}
      </div>
      <ul className="ao-drills">
        {drills.map(({ name, title, see, isOn }) => (
          <li key={name} aria-current={isOn || undefined}>
            <h3 className="kern-title kern-title--small">{title}</h3>
            <p>{see}</p>
            <ActForm
              token={token}
              action="/operator/drills"
              values={{ drill: name }}
              label={t("operator:drills.start")}
              of={title}
              look="small"
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
