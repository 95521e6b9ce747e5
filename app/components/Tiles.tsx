import { Link } from "@remix-run/react";
import { GermanTerm } from "#app/components/GermanTerm.tsx";
import { Icon } from "#app/components/Icon.tsx";
import { Vector, type VectorName } from "#app/components/Vector.tsx";

export type Tile = { href: string; title: string; text: string; icon: VectorName };

/** Subjects to choose from; each tile is one link. Stands under an `h2`. */
export function Tiles({ tiles }: { tiles: readonly Tile[] }) {
  return (
    <ul className="ao-tiles">
      {tiles.map(({ href, title, text, icon }) => (
        <li className="kern-card kern-card--interactive ao-tile" key={title}>
          <div className="kern-card__container">
            <Vector name={icon} />
            <div>
              <h3 className="kern-title kern-title--small">
                <Link className="kern-link kern-link--stretched kern-link--no-visited-state" to={href}>
                  {title}
                </Link>
              </h3>
              <p className="kern-body">{text}</p>
            </div>
          </div>
        </li>
      ))}
    </ul>
  );
}

/** A short list of ways to go on. */
export function LinkList({ links }: { links: readonly { href: string; title: string; titleDe?: string }[] }) {
  return (
    <ul className="ao-links">
      {links.map(({ href, title, titleDe }) => (
        <li key={href}>
          <Link to={href}>
            <span>
              {title}
              <GermanTerm term={titleDe} />
            </span>
            <Icon name="arrow-forward" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
