import { Form, Link } from "@remix-run/react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { Badge, Tag } from "#app/components/Badge.tsx";
import { SubmitButton } from "#app/components/Button.tsx";
import { controlId } from "#app/components/controlId.ts";
import { BlockTable } from "#app/components/operator/BlockTable.tsx";

/** A choice of the filter with what is chosen. */
type Choice = { value: string; options: readonly { value: string; label: string }[] };

/** Which messages are shown. */
export type Filter = { destination: Choice; state: Choice; code?: string; codeLabel?: string };

/** A state with its tone. */
export type StateBadge = { tone: "info" | "success" | "warning" | "danger"; label: string };

/** One message of the list, in finished words. */
export type ListedMessage = {
  id: string;
  reference: string;
  kind: string;
  authority: string;
  state: StateBadge;
  stage: string;
  isUrgent: boolean;
  created: string;
  age: string;
  attempts: string;
  lastError: { code: string; title: string } | undefined;
  next: string;
};

function Select({ name, label, choice }: { name: string; label: string; choice: Choice }) {
  return (
    <div className="kern-form-input">
      <label className="kern-label" htmlFor={controlId(name)}>
        {label}
      </label>
      <div className="kern-form-input__select-wrapper">
        <select
          className="kern-form-input__select"
          id={controlId(name)}
          name={name}
          key={choice.value}
          defaultValue={choice.value}
        >
          {choice.options.map(({ value, label: text }) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}

/** The filter of the list. Nothing in it is personal, so it may stand in the address. */
export function ListFilter({ filter }: { filter: Filter }) {
  const { t } = useTranslation(["operator"]);
  return (
    <Form className="ao-filter" method="get" action="/operator/messages" aria-label={t("operator:list.filter")}>
      <Select name="destination" label={t("operator:list.destination")} choice={filter.destination} />
      <Select name="state" label={t("operator:list.state")} choice={filter.state} />
      {filter.code !== undefined && (
        <div className="kern-form-check">
          <input
            className="kern-form-check__checkbox"
            type="checkbox"
            id={controlId("code")}
            name="code"
            value={filter.code}
            defaultChecked
          />
          <label className="kern-label" htmlFor={controlId("code")}>
            {filter.codeLabel}
          </label>
        </div>
      )}
      <SubmitButton label={t("operator:list.show")} />
    </Form>
  );
}

/** Messages, each leading to its trace. */
export function MessageTable({ messages }: { messages: readonly ListedMessage[] }) {
  const { t } = useTranslation(["operator"]);
  const columns = ["reference", "authority", "state", "created", "attempts", "lastError", "nextAttempt"] as const;
  return (
    <BlockTable
      caption={t("operator:list.caption")}
      columns={columns.map((name) => ({ label: t(`operator:list.${name}`), isNumber: name === "attempts" }))}
      rows={messages.map((message) => ({
        key: message.id,
        cells: [
          <>
            <Link className="kern-link kern-link--no-visited-state ao-code" to={`/operator/messages/${message.id}`}>
              {message.reference}
            </Link>
            <small>{message.kind}</small>
          </>,
          message.authority,
          <>
            <Badge {...message.state} /> {message.isUrgent && <Tag label={t("operator:list.urgent")} />}
            <small>{message.stage}</small>
          </>,
          <>
            {message.created}
            <small>{message.age}</small>
          </>,
          message.attempts,
          message.lastError ? (
            <>
              <span className="ao-code">{message.lastError.code}</span>
              <small>{message.lastError.title}</small>
            </>
          ) : (
            t("operator:none")
          ),
          message.next,
        ],
      }))}
    />
  );
}

/** The way through a long list; nothing where there is but one page. */
export function Pages({ label, previous, next }: { label: string; previous?: string; next?: string }) {
  const { t } = useTranslation(["operator"]);
  if (previous === undefined && next === undefined) return null;
  return (
    <nav className="ao-row" aria-label={t("operator:list.pages")}>
      {previous && (
        <Link className="kern-link" to={previous}>
          {t("operator:list.previous")}
        </Link>
      )}
      <span>{label}</span>
      {next && (
        <Link className="kern-link" to={next}>
          {t("operator:list.next")}
        </Link>
      )}
    </nav>
  );
}
