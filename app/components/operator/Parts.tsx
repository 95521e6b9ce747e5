import { Link } from "@remix-run/react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { Badge } from "#app/components/Badge.tsx";
import { BlockTable } from "#app/components/operator/BlockTable.tsx";

/** An error code that holds up messages, explained. */
export type CodeLine = {
  code: string;
  title: string;
  meaning: string;
  todo: string;
  count: string;
  href: string;
};

/** The codes that stand in the queue now, each with what it means and what to do. */
export function Codes({ codes }: { codes: readonly CodeLine[] }) {
  const { t } = useTranslation(["operator"]);
  return (
    <section className="ao-stack ao-stack--s" aria-labelledby="codes">
      <h2 className="kern-heading-small" id="codes">
        {t("operator:codes.title")}
      </h2>
      {codes.length === 0 ? (
        <p className="kern-body">{t("operator:codes.none")}</p>
      ) : (
        <ul className="ao-needs">
          {codes.map(({ code, title, meaning, todo, count, href }) => (
            <li key={code}>
              <div className="ao-needs__what">
                <b>{title}</b>
                <span className="ao-code">{code}</span>
                <p className="kern-body">{meaning}</p>
                <p className="kern-body">{t("operator:alarms.todo", { text: todo })}</p>
              </div>
              <Link className="kern-link kern-link--no-visited-state" to={href}>
                {count}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** A process that delivers. */
export type WorkerLine = { id: string; isSilent: boolean; started: string; seen: string };

/** Processes that deliver. */
export function Workers({ workers }: { workers: readonly WorkerLine[] }) {
  const { t } = useTranslation(["operator"]);
  const columns = ["name", "state", "started", "seen"] as const;
  return (
    <section className="ao-stack ao-stack--s" aria-labelledby="workers">
      <h2 className="kern-heading-small" id="workers">
        {t("operator:workers.title")}
      </h2>
      {workers.length === 0 ? (
        <p className="kern-body">{t("operator:workers.none")}</p>
      ) : (
        <BlockTable
          caption={t("operator:workers.caption")}
          columns={columns.map((name) => ({ label: t(`operator:workers.${name}`) }))}
          rows={workers.map(({ id, isSilent, started, seen }) => ({
            key: id,
            cells: [
              <span className="ao-code">{id.slice(0, 8)}</span>,
              isSilent ? (
                <Badge tone="warning" label={t("operator:workers.silent")} />
              ) : (
                <Badge tone="success" label={t("operator:workers.active")} />
              ),
              started,
              seen,
            ],
          }))}
        />
      )}
    </section>
  );
}

/** Mails for one occasion that have not gone out. */
export type MailLine = {
  key: string;
  purpose: string;
  audience: string;
  state: { tone: "info" | "danger"; label: string };
  rows: string;
  oldest: string;
  lastError: string;
};

/** Mails that wait or failed. */
export function Mails({ mails }: { mails: readonly MailLine[] }) {
  const { t } = useTranslation(["operator"]);
  const columns = ["purpose", "audience", "state", "rows", "oldest", "lastError"] as const;
  return (
    <section className="ao-stack ao-stack--s" aria-labelledby="mails">
      <h2 className="kern-heading-small" id="mails">
        {t("operator:mails.title")}
      </h2>
      {mails.length === 0 ? (
        <p className="kern-body">{t("operator:mails.none")}</p>
      ) : (
        <BlockTable
          caption={t("operator:mails.caption")}
          columns={columns.map((name) => ({ label: t(`operator:mails.${name}`), isNumber: name === "rows" }))}
          rows={mails.map(({ key, purpose, audience, state, rows, oldest, lastError }) => ({
            key,
            cells: [
              purpose,
              audience,
              <Badge {...state} />,
              rows,
              oldest,
              <span className="ao-code">{lastError}</span>,
            ],
          }))}
        />
      )}
    </section>
  );
}
