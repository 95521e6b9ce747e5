import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { German } from "#app/components/GermanTerm.tsx";
import { PageHead } from "#app/components/PageHead.tsx";

/** A link of a text: page, mail or phone. */
export type TextLink = { href: string; label: string };

/** A paragraph; points of a list; or one of the special parts. */
export type TextBlock =
  | string
  | readonly string[]
  | { kind: "links"; links: readonly TextLink[] }
  /** Lines of an address as the post writes it, or of another German entry. */
  | { kind: "address"; lines: readonly string[] }
  /** Points that are there in German only, whatever the page speaks. */
  | { kind: "germanPoints"; points: readonly string[] }
  | { kind: "table"; head: readonly [string, string]; rows: readonly (readonly [string, string])[] };

/** A part of a text page; `id` is for links that lead to it. */
export type TextSection = { id?: string; heading?: string; paragraphs: readonly TextBlock[] };

function Points({ points, lang }: { points: readonly string[]; lang?: string }) {
  return (
    <ul className="kern-list kern-list--bullet" lang={lang} dir={lang && "ltr"}>
      {points.map((point) => (
        <li key={point}>{point}</li>
      ))}
    </ul>
  );
}

function Lines({ children }: { children: readonly ReactNode[] }) {
  return (
    <p className="kern-body">
      {children.map((line, index) => (
        <span key={index}>
          {index > 0 && <br />}
          {line}
        </span>
      ))}
    </p>
  );
}

function Table({ head, rows }: { head: readonly [string, string]; rows: readonly (readonly [string, string])[] }) {
  return (
    <table className="kern-table kern-table--small">
      <thead>
        <tr className="kern-table__row">
          {head.map((title) => (
            <th className="kern-table__header" scope="col" key={title}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="kern-table__body">
        {rows.map(([name, value]) => (
          <tr className="kern-table__row" key={name}>
            <td className="kern-table__cell">{name}</td>
            <td className="kern-table__cell">{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function isPoints(block: TextBlock): block is readonly string[] {
  return Array.isArray(block);
}

function Block({ block }: { block: TextBlock }) {
  if (typeof block === "string") return <p className="kern-body">{block}</p>;
  if (isPoints(block)) return <Points points={block} />;
  switch (block.kind) {
    case "links":
      return (
        <Lines>
          {block.links.map(({ href, label }) => (
            <Link className="kern-link" to={href} key={href}>
              {label}
            </Link>
          ))}
        </Lines>
      );
    case "address":
      return (
        <Lines>
          {block.lines.map((line) => (
            <German key={line}>{line}</German>
          ))}
        </Lines>
      );
    case "germanPoints":
      return <Points points={block.points} lang="de" />;
    case "table":
      return <Table head={block.head} rows={block.rows} />;
  }
}

/** The sections of a text, for pages with a heading of their own. */
export function TextSections({ sections }: { sections: readonly TextSection[] }) {
  return (
    <div className="ao-stack ao-stack--l">
      {sections.map(({ id, heading, paragraphs }, index) => (
        <section className="ao-stack" id={id} tabIndex={id ? -1 : undefined} key={index}>
          {heading && <h2 className="kern-heading-medium">{heading}</h2>}
          {paragraphs.map((block, position) => (
            <Block block={block} key={position} />
          ))}
        </section>
      ))}
    </div>
  );
}

/** A page to read: imprint, privacy, help. */
export function TextPage({
  title,
  lead,
  sections,
}: {
  title: string;
  lead?: string;
  sections: readonly TextSection[];
}) {
  return (
    <div className="ao-split">
      <div>
        <PageHead title={title} {...(lead ? { lead } : {})} />
        <TextSections sections={sections} />
      </div>
    </div>
  );
}
