import type { Authority } from "#app/config/authority.ts";
import type { LandingView } from "#app/routes/shared/LandingPage.tsx";
import { addressLines, emailLink, phoneLink, phoneText } from "#app/routes/shared/contact.server.ts";
import { fledHref } from "#app/routes/shared/fled.server.ts";
import { shortHref } from "#app/routes/shared/otherWay.server.ts";
import type { Page } from "#app/routes/shared/request.server.ts";
import type { Language } from "#locales/languages.ts";

const subjects = [
  { name: "work", icon: "work" },
  { name: "study", icon: "study" },
  { name: "family", icon: "family" },
  { name: "ukraine", icon: "protection" },
  { name: "permanent", icon: "home" },
  { name: "card", icon: "card" },
  { name: "unsure", icon: "search" },
] as const;
/** Languages in which most people look for protection: its entry comes first there. */
const FLED_FIRST: readonly Language[] = ["uk", "ru"];
const way = ["questions", "documents", "send", "appointment"] as const;

/** The ways to an authority without interface (`transport.kind: none`), in the order of speed. */
function otherWays(page: Page, { contact, office, name }: Authority): LandingView["otherWays"] {
  const say = (key: string) => page.say(`pages:landing.noInterface.${key}`);
  const { phone, email, address } = contact;
  return {
    title: say("title"),
    text: say("text"),
    sections: [
      {
        heading: say("ways"),
        paragraphs: [
          {
            kind: "links",
            links: [
              phoneLink(page, "pages:landing.noInterface.phone", phone),
              ...(email ? [emailLink(page, "pages:landing.noInterface.email", email)] : []),
            ],
          },
          say("post"),
          { kind: "address", lines: [name, ...addressLines(office, address)] },
          say("deadline"),
        ],
      },
    ],
  };
}

/** The box for people who have begun or filed already. */
export function begunLinks(page: Page): LandingView["begun"] {
  const home = `/${page.language}`;
  return {
    title: page.say("pages:landing.begun"),
    links: [
      { href: `${home}/resume`, title: page.say("pages:landing.resume") },
      { href: `${home}/status`, title: page.say("pages:landing.status") },
      { href: `${home}/verify`, title: page.say("pages:verify.title") },
    ],
  };
}

/** Everything the start page of an authority says. */
export function landingOf(page: Page, authority: Authority): LandingView {
  const say = (key: string, values?: Record<string, unknown>) => page.say(`pages:landing.${key}`, values);
  const home = `/${page.language}`;
  const begin = `${home}/${authority.id}/triage/place`;
  const isOnline = authority.transport.kind !== "none";
  const fledFrom = fledHref(page, authority);
  const { phone } = authority.emergencyContact ?? authority.contact;
  return {
    lead: say(isOnline ? "lead" : "noInterface.lead"),
    ...(isOnline
      ? {
          start: { href: begin, label: say("start"), note: say("startNote") },
          ...(fledFrom && {
            fled: {
              href: fledFrom,
              label: say("fled"),
              note: say("fledNote"),
              isFirst: FLED_FIRST.includes(page.language),
            },
          }),
          short: {
            href: shortHref(page, authority),
            label: page.say("pages:short.start"),
            note: page.say("pages:short.note"),
          },
        }
      : { otherWays: otherWays(page, authority) }),
    begun: begunLinks(page),
    ...(isOnline && {
      subjects: {
        title: say("tilesTitle"),
        tiles: subjects.map(({ name, icon }) => ({
          href: name === "ukraine" ? (fledFrom ?? begin) : begin,
          title: say(`tiles.${name}.title`),
          text: say(`tiles.${name}.text`),
          icon,
        })),
      },
      way: {
        title: say("wayTitle"),
        steps: way.map((name) => ({ title: say(`way.${name}.title`), text: say(`way.${name}.text`) })),
        ...(authority.processingWeeks && { duration: say("processing", { count: authority.processingWeeks }) }),
      },
    }),
    before: {
      title: say("beforeTitle"),
      lead: say("before.lead"),
      things: ["passport", "title", "evidence"].map((name) => say(`before.${name}`)),
      photo: say("before.photo"),
      privacy: say("before.privacy"),
      privacyLink: { href: `${home}/${authority.id}/privacy`, label: say("before.privacyLink") },
    },
    endsSoon: {
      title: say("endsSoon.title"),
      texts: [
        say("endsSoon.text"),
        say("endsSoon.effect"),
        say("endsSoon.depends"),
        say("endsSoon.urgent", { phone: phoneText(page, phone) }),
      ],
      ...(isOnline && { calculate: { href: begin, label: say("endsSoon.calculate") } }),
    },
  };
}
