import { Link } from "@remix-run/react";
import { useId, type ReactNode } from "react";
import { Alert } from "#app/components/Alert.tsx";
import { Actions, LinkButton } from "#app/components/Button.tsx";
import { LanguageChips, type LanguageLinks } from "#app/components/LanguageSwitch.tsx";
import { TextSections, type TextLink, type TextSection } from "#app/components/TextPage.tsx";
import { LinkList, Tiles, type Tile } from "#app/components/Tiles.tsx";

/** What the start page of an authority says; a way in (`start`) or, without interface, the other ways. */
export type LandingView = {
  lead: string;
  start?: TextLink & { note: string };
  /** The entry for people who fled Ukraine, before or after the general one. */
  fled?: TextLink & { note: string; isFirst: boolean };
  /** The short path for people whose title ends. */
  short?: TextLink & { note: string };
  otherWays?: { title: string; text: string; sections: readonly TextSection[] };
  begun: { title: string; links: readonly { href: string; title: string }[] };
  subjects?: { title: string; tiles: readonly Tile[] };
  way?: { title: string; steps: readonly { title: string; text: string }[]; duration?: string };
  before: {
    title: string;
    lead: string;
    things: readonly string[];
    photo: string;
    privacy: string;
    privacyLink: TextLink;
  };
  endsSoon: { title: string; texts: readonly string[]; calculate?: TextLink };
};

/** The band on top of a start page: languages first, for people who cannot read its words. */
export function Hero({
  languageLinks,
  heading,
  lead,
  children,
  aside,
}: {
  languageLinks: LanguageLinks;
  heading: string;
  lead: string;
  children?: ReactNode;
  aside?: ReactNode;
}) {
  return (
    <div className="ao-hero ao-surface">
      <div className="ao-page ao-hero__grid">
        <div className="ao-stack">
          <LanguageChips links={languageLinks} />
          <h1 className="kern-heading-x-large">{heading}</h1>
          <p className="kern-body kern-body--large">{lead}</p>
          {children}
        </div>
        {aside}
      </div>
    </div>
  );
}

/** The box for people who have an access code already. */
export function BegunBox({ title, links }: LandingView["begun"]) {
  const id = useId();
  return (
    <section className="ao-box ao-box--raised" aria-labelledby={id}>
      <h2 className="kern-heading-small" id={id}>
        {title}
      </h2>
      <LinkList links={links} />
    </section>
  );
}

function Entry({ entry, isPrimary }: { entry: TextLink & { note: string }; isPrimary: boolean }) {
  return (
    <Actions>
      <LinkButton {...(isPrimary && { variant: "primary" })} href={entry.href} label={entry.label} />
      <p className="ao-muted">{entry.note}</p>
    </Actions>
  );
}

/** The ways in, the primary one first: of everybody and of people who fled Ukraine; the short path below them. */
export function Start({ start, fled, short }: Pick<LandingView, "start" | "fled" | "short">) {
  return (
    <>
      {fled?.isFirst && <Entry entry={fled} isPrimary />}
      {start && <Entry entry={start} isPrimary={!fled?.isFirst} />}
      {fled && !fled.isFirst && <Entry entry={fled} isPrimary={false} />}
      {short && <Entry entry={short} isPrimary={false} />}
    </>
  );
}

/** Says before anything else that nothing is filed here, and how it is done instead. */
export function OtherWays({ title, text, sections }: NonNullable<LandingView["otherWays"]>) {
  return (
    <>
      <Alert tone="warning" title={title}>
        {text}
      </Alert>
      <TextSections sections={sections} />
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className="ao-section ao-stack" aria-labelledby={id}>
      <h2 className="kern-heading-medium" id={id}>
        {title}
      </h2>
      {children}
    </section>
  );
}

function Way({ title, steps, duration }: NonNullable<LandingView["way"]>) {
  return (
    <Section title={title}>
      <ol className="ao-way">
        {steps.map((step) => (
          <li key={step.title}>
            <h3 className="kern-title kern-title--small">{step.title}</h3>
            <p className="kern-body">{step.text}</p>
          </li>
        ))}
      </ol>
      {duration && <p className="kern-body">{duration}</p>}
    </Section>
  );
}

function Before({ title, lead, things, photo, privacy, privacyLink }: LandingView["before"]) {
  return (
    <div className="ao-stack">
      <h2 className="kern-heading-medium">{title}</h2>
      <p className="kern-body">{lead}</p>
      <ul className="kern-list kern-list--bullet">
        {things.map((thing) => (
          <li key={thing}>{thing}</li>
        ))}
      </ul>
      <p className="kern-body">{photo}</p>
      <p className="kern-body">
        {privacy}{" "}
        <Link className="kern-link" to={privacyLink.href}>
          {privacyLink.label}
        </Link>
      </p>
    </div>
  );
}

function EndsSoon({ title, texts, calculate }: LandingView["endsSoon"]) {
  return (
    <div className="ao-stack">
      <h2 className="kern-heading-small">{title}</h2>
      {texts.map((text) => (
        <p className="kern-body" key={text}>
          {text}
        </p>
      ))}
      {calculate && (
        <p className="kern-body">
          <Link className="kern-link" to={calculate.href}>
            {calculate.label}
          </Link>
        </p>
      )}
    </div>
  );
}

/** Everything below the band: subjects, way of an application, what to have ready, titles that end soon. */
export function LandingSections({ subjects, way, before, endsSoon }: LandingView) {
  return (
    <div className="ao-page">
      {subjects && (
        <Section title={subjects.title}>
          <Tiles tiles={subjects.tiles} />
        </Section>
      )}
      {way && <Way {...way} />}
      <div className="ao-section">
        <div className="ao-split">
          <Before {...before} />
          <EndsSoon {...endsSoon} />
        </div>
      </div>
    </div>
  );
}
