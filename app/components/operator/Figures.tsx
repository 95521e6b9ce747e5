import { useTranslation } from "#app/i18n/useTranslation.ts";

/** A key figure; `isAlarm` if somebody has to act on it. */
export type Figure = { label: string; value: string; isAlarm: boolean };

/** The queue in a few figures. */
export function Figures({ figures }: { figures: readonly Figure[] }) {
  return (
    <dl className="ao-stats">
      {figures.map(({ label, value, isAlarm }) => (
        <div key={label} className={isAlarm ? "ao-stats__alarm" : undefined}>
          <dt>{label}</dt>
          <dd>
            <b>{value}</b>
          </dd>
        </div>
      ))}
    </dl>
  );
}

const HEIGHT = 44;

/** Deliveries by hour, the oldest hour first; the sentence says the same to those who do not see the drawing. */
export function HourBars({ hours, summary }: { hours: readonly number[]; summary: string }) {
  const { t } = useTranslation(["operator"]);
  const peak = Math.max(0, ...hours);
  return (
    <section className="ao-stack ao-stack--s" aria-labelledby="hours">
      <h2 className="kern-heading-small" id="hours">
        {t("operator:hours.title")}
      </h2>
      {peak > 0 && (
        <svg
          className="ao-bars"
          viewBox={`0 0 240 ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={summary}
        >
          <path className="ao-bars__floor" d={`M0 ${HEIGHT}h240v-0.5h-240z`} />
          {hours.map((count, index) => {
            const height = Math.round((count / peak) * (HEIGHT - 4) * 10) / 10;
            return <path key={index} fill="currentColor" d={`M${index * 10 + 1} ${HEIGHT - height}h8V${HEIGHT}h-8z`} />;
          })}
        </svg>
      )}
      <p className="ao-muted ao-codes">{summary}</p>
    </section>
  );
}
