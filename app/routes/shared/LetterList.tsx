import { useContext } from "react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { Badge } from "#app/components/Badge.tsx";
import { Actions, LinkButton } from "#app/components/Button.tsx";
import { HelpedContext } from "#app/components/HelpedContext.ts";

type Target = { href: string; label: string };

/** A letter of the authority in words; what the authority wrote itself is German. */
export type LetterView = {
  id: string;
  title: string;
  when: string;
  /** What the authority wrote, by paragraphs. */
  text: readonly string[];
  facts: readonly { label: string; value: string }[];
  /** Says that the day for an answer is over, and that one is worth sending all the same. */
  late?: string;
  documents: readonly Target[];
  booking?: Target;
  /** Says that a document cannot be offered. */
  broken?: string;
  /** Says why there is no text. */
  closed?: string;
  /** What was answered; `files` by name. */
  answers: readonly { title: string; text: readonly string[]; files: readonly string[] }[];
  answer?: Target;
  /** Says that an answer goes straight to the authority, and where. */
  onPaper?: { text: string; post: string; email?: Target };
};

function Answer({ title, text, files }: LetterView["answers"][number]) {
  return (
    <div className="ao-stack ao-stack--s" data-answered>
      <p className="ao-muted">{title}</p>
      {text.map((line, index) => (
        <p className="kern-body" dir="auto" key={index}>
          {line}
        </p>
      ))}
      {files.length > 0 && (
        <ul className="kern-list kern-list--bullet">
          {files.map((name, index) => (
            <li key={index}>
              <bdi translate="no">{name}</bdi>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function OnPaper({ text, post, email }: NonNullable<LetterView["onPaper"]>) {
  return (
    <div className="ao-stack ao-stack--s" data-on-paper>
      <p className="kern-body">{text}</p>
      <ul className="kern-list kern-list--bullet">
        <li>{post}</li>
        {email && (
          <li>
            <a className="kern-link" href={email.href}>
              {email.label}
            </a>
          </li>
        )}
      </ul>
    </div>
  );
}

/** What one letter says. */
export function LetterBody({ letter }: { letter: LetterView }) {
  const isHelped = useContext(HelpedContext);
  const { text, facts, late, documents, booking, broken, closed } = letter;
  return (
    <>
      {facts.length > 0 && (
        <dl className="ao-facts">
          {facts.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>
                <bdi>{value}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {late && (
        <p className="kern-body">
          <strong>{late}</strong>
        </p>
      )}
      {text.map((line, index) => (
        <p className="kern-body" lang="de" dir="auto" key={index}>
          {line}
        </p>
      ))}
      {closed && <p className="kern-body">{closed}</p>}
      {documents.length > 0 && !isHelped && (
        <ul className="kern-list kern-list--bullet">
          {documents.map(({ href, label }) => (
            <li key={href}>
              <a className="kern-link" href={href}>
                {label}
              </a>
            </li>
          ))}
        </ul>
      )}
      {broken && <p className="kern-body">{broken}</p>}
      {booking && (
        <p className="kern-body">
          <a className="kern-link" href={booking.href} rel="noreferrer">
            {booking.label}
          </a>
        </p>
      )}
    </>
  );
}

/** Everything that the authority wrote, with the way to answer. */
export function LetterList({ letters }: { letters: readonly LetterView[] }) {
  const { t } = useTranslation(["pages"]);
  if (letters.length === 0) return null;
  return (
    <section className="ao-stack" aria-labelledby="letters">
      <h2 className="kern-heading-medium" id="letters">
        {t("pages:letters.title")}
      </h2>
      {letters.map((letter) => (
        <article
          className={`${letter.answer ? "ao-now" : "ao-box"} ao-stack ao-stack--s`}
          aria-labelledby={`letter-${letter.id}`}
          data-letter={letter.id}
          key={letter.id}
        >
          <h3 className="kern-heading-small" id={`letter-${letter.id}`}>
            {letter.title}
          </h3>
          <p className="ao-muted">
            <bdi>{letter.when}</bdi>
          </p>
          {letter.answers.length > 0 && !letter.answer && (
            <p>
              <Badge tone="success" label={t("pages:letters.isAnswered")} />
            </p>
          )}
          <LetterBody letter={letter} />
          {letter.answers.map((answer, index) => (
            <Answer {...answer} key={index} />
          ))}
          {letter.onPaper && <OnPaper {...letter.onPaper} />}
          {letter.answer && (
            <Actions>
              <LinkButton variant="primary" {...letter.answer} />
            </Actions>
          )}
        </article>
      ))}
    </section>
  );
}
