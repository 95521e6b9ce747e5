import { Form, Link } from "@remix-run/react";
import { Alert } from "#app/components/Alert.tsx";
import { Tag } from "#app/components/Badge.tsx";
import { SubmitButton } from "#app/components/Button.tsx";
import { controlId } from "#app/components/controlId.ts";
import { describedBy, InputShell, type FieldText } from "#app/components/FieldParts.tsx";
import { Icon } from "#app/components/Icon.tsx";
import { inputClasses } from "#app/components/TextControl.tsx";

/** An authority to go on with; without `href` it takes no part in this service. */
export type AuthorityEntry = { name: string; note: string; places?: string; href?: string };

/** The form that asks where the person lives; its answer stands in the address, so that it works without script. */
export function PlaceForm({
  action,
  typed,
  label,
  hint,
  error,
  submit,
}: {
  action: string;
  typed: string;
  label: string;
  hint: string;
  error?: string;
  submit: string;
}) {
  const text: FieldText = { name: "plz", label, hint, optional: false, ...(error ? { error } : {}) };
  return (
    <Form className="ao-stack" method="get" action={action} role="search">
      <InputShell text={text}>
        <input
          className={inputClasses("4", true, error)}
          id={controlId(text.name)}
          name={text.name}
          type="text"
          inputMode="numeric"
          autoComplete="postal-code"
          aria-describedby={describedBy(text)}
          aria-invalid={error ? true : undefined}
          defaultValue={typed}
        />
      </InputShell>
      <div>
        <SubmitButton variant="primary" label={submit} />
      </div>
    </Form>
  );
}

function Entry({ name, note, places }: AuthorityEntry) {
  return (
    <span>
      <bdi lang="de">{name}</bdi> <Tag label={note} />
      {places && (
        <>
          <br />
          <bdi className="ao-muted" lang="de">
            {places}
          </bdi>
        </>
      )}
    </span>
  );
}

/** Authorities as rows to follow; one that takes no part here is a row without link. */
export function AuthorityList({ entries }: { entries: readonly AuthorityEntry[] }) {
  return (
    <ul className="ao-links">
      {entries.map((entry) => (
        <li key={entry.name}>
          {entry.href ? (
            <Link to={entry.href}>
              <Entry {...entry} />
              <Icon name="arrow-forward" />
            </Link>
          ) : (
            <Entry {...entry} />
          )}
        </li>
      ))}
    </ul>
  );
}

export type SearchResult = { tone: "info" | "success" | "warning"; title: string; entries: readonly AuthorityEntry[] };

/** What the search found. */
export function SearchResults({ tone, title, entries }: SearchResult) {
  return (
    <div className="ao-stack">
      <Alert tone={tone} title={title} live />
      <AuthorityList entries={entries} />
    </div>
  );
}
