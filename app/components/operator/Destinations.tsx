import { Link } from "@remix-run/react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { Badge } from "#app/components/Badge.tsx";
import { ActForm } from "#app/components/operator/ActForm.tsx";
import { BlockTable } from "#app/components/operator/BlockTable.tsx";

/** A receiver with its queue and circuit, in finished words. */
export type Destination = {
  id: string;
  name: string;
  way: string;
  health: { tone: "success" | "info" | "warning" | "danger"; label: string };
  /** Since when it is disturbed or paused, and when it is tried again. */
  notes: string[];
  /** Counts by state; each leads to its messages. */
  counts: { label: string; href: string }[];
  oldest: string;
  attempts: string;
  lastError: { code: string; title: string } | undefined;
  acts: { act: string; label: string }[];
};

function Counts({ counts }: Pick<Destination, "counts">) {
  const { t } = useTranslation(["operator"]);
  if (counts.length === 0) return <span className="ao-muted">{t("operator:destinations.empty")}</span>;
  return (
    <span className="ao-counts">
      {counts.map(({ label, href }) => (
        <Link key={href} className="kern-link kern-link--small kern-link--no-visited-state" to={href}>
          {label}
        </Link>
      ))}
    </span>
  );
}

/** Every receiver with what waits for it. */
export function Destinations({ destinations, token }: { destinations: readonly Destination[]; token: string }) {
  const { t } = useTranslation(["operator"]);
  const columns = ["authority", "state", "messages", "oldest", "attempts", "lastError", "action"] as const;
  return (
    <section className="ao-stack ao-stack--s" aria-labelledby="destinations">
      <h2 className="kern-heading-small" id="destinations">
        {t("operator:destinations.title")}
      </h2>
      <BlockTable
        caption={t("operator:destinations.caption")}
        columns={columns.map((name) => ({
          label: t(`operator:destinations.${name}`),
          isNumber: name === "oldest" || name === "attempts",
        }))}
        rows={destinations.map(({ id, name, way, health, notes, counts, oldest, attempts, lastError, acts }) => ({
          key: id,
          cells: [
            <>
              <b>{name}</b>
              <small>{way}</small>
            </>,
            <>
              <Badge {...health} />
              {notes.map((note) => (
                <small key={note}>{note}</small>
              ))}
            </>,
            <Counts counts={counts} />,
            oldest,
            attempts,
            lastError ? (
              <>
                <span className="ao-code">{lastError.code}</span>
                <small>{lastError.title}</small>
              </>
            ) : (
              t("operator:none")
            ),
            <span className="ao-acts">
              {acts.map(({ act, label }) => (
                <ActForm
                  key={act}
                  token={token}
                  action="/operator"
                  values={{ act, destination: id }}
                  label={label}
                  of={name}
                  look="link"
                />
              ))}
            </span>,
          ],
        }))}
      />
    </section>
  );
}
