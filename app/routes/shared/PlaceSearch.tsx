import { Form, Link } from "@remix-run/react";
import { Alert } from "#app/components/Alert.tsx";
import { Tag } from "#app/components/Badge.tsx";
import { SubmitButton } from "#app/components/Button.tsx";
import { controlId } from "#app/components/controlId.ts";
import { German } from "#app/components/GermanTerm.tsx";
import { describedBy, InputShell, type FieldText } from "#app/components/FieldParts.tsx";
import { inputClasses } from "#app/components/TextControl.tsx";

/** An authority to go on with; without `href` it takes no part in this service. */
export type AuthorityEntry = { name: string; note: string; places?: string; href?: string };

/** Words and state of the search; `error` when what was typed is no postal code. */
export type PlaceFormProps = {
  action: string;
  typed: string;
  label: string;
  hint: string;
  error?: string;
  submit: string;
};

/** The form that asks where the person lives; its answer stands in the address, so that it works without script. */
export function PlaceForm({ action, typed, label, hint, error, submit }: PlaceFormProps) {
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

/** Authorities to choose from; one that takes no part here is named without a link. */
export function AuthorityList({ entries }: { entries: readonly AuthorityEntry[] }) {
  return (
    <ul className="ao-needs">
      {entries.map(({ name, note, places, href }) => (
        <li key={name}>
          <div className="ao-needs__what">
            {href ? (
              <Link className="kern-link kern-link--no-visited-state" to={href}>
                <German>{name}</German>
              </Link>
            ) : (
              <German>{name}</German>
            )}
            {places && (
              <small>
                <German>{places}</German>
              </small>
            )}
          </div>
          <Tag label={note} />
        </li>
      ))}
    </ul>
  );
}

/** What a search found, in words; without entries there is nothing to choose. */
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
