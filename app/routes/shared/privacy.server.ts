import type { TextSection } from "#app/components/TextPage.tsx";
import type { Authority } from "#app/config/authority.ts";
import type { Config } from "#app/config/load.server.ts";
import type { Operator } from "#app/config/operator.ts";
import { formatDate } from "#app/i18n/format.ts";
import { isolated } from "#app/routes/shared/base.server.ts";
import { addressLines, emailLink } from "#app/routes/shared/contact.server.ts";
import { reachable, translationNote } from "#app/routes/shared/legalText.server.ts";
import { retentionRows } from "#app/routes/shared/retention.server.ts";
import type { Page } from "#app/routes/shared/request.server.ts";

/** Day of the last change of the notice's words; change it with them. */
const WORDED_ON = "2026-11-22";

/** What is deployed, as far as the notice names it. */
type Deployment = Pick<Config, "operator" | "byId">;

type Say = (key: string, values?: Record<string, unknown>) => string;

function controllers(page: Page, say: Say, operator: Operator, authority: Authority | undefined): TextSection {
  const named = (name: string) => isolated(name, page);
  const authorityName = authority && named(`${authority.name}, ${authority.office}`);
  return {
    heading: say("controller.title"),
    paragraphs: [
      say("controller.before", { operator: named(operator.name) }),
      { kind: "address", lines: addressLines(operator.name, operator.address) },
      { kind: "links", links: [emailLink(page, "pages:imprint.email", operator.email)] },
      `${say("controller.officer")}:`,
      ...reachable(operator.dataProtectionOfficer),
      authorityName ? say("controller.after", { authority: authorityName }) : say("controller.afterWithout"),
      ...(authority ? officerOf(say, authority) : []),
    ],
  };
}

function officerOf(say: Say, { privacy }: Authority): TextSection["paragraphs"] {
  const { notice } = privacy;
  return [
    `${say("controller.authorityOfficer")}:`,
    ...reachable(privacy.dataProtectionOfficer),
    ...(notice
      ? [{ kind: "links" as const, links: [{ href: notice, label: say("controller.authorityNotice") }] }]
      : []),
  ];
}

/** A part whose paragraphs are words only. */
function part(say: Say, name: string, keys: readonly string[]): TextSection {
  return { heading: say(`${name}.title`), paragraphs: keys.map((key) => say(`${name}.${key}`)) };
}

/** Who carries applications: by FIT-Connect, into a folder of a data centre, or, where no authority is named, either. */
function carriersOf(authority: Authority | undefined): readonly string[] {
  if (!authority) return ["transport", "gateway"];
  return [authority.transport.kind === "drop" ? "gateway" : "transport"];
}

/** Authorities that learn of an application if another one of the same person comes to them. */
function toldOfDuplicates({ operator, byId }: Deployment, authority: Authority | undefined): readonly Authority[] {
  const groups = operator.duplicateGroups.filter((group) => authority !== undefined && group.includes(authority.id));
  const others = new Set(groups.flat().filter((id) => id !== authority?.id));
  return [...others].flatMap((id) => byId.get(id) ?? []);
}

function recipients(page: Page, say: Say, deployment: Deployment, authority: Authority | undefined): TextSection {
  const { operator } = deployment;
  const told = toldOfDuplicates(deployment, authority).map(({ name }) => isolated(name, page));
  const later = ["employmentAgency", "register", "security", "registration", "otherAuthority"];
  return {
    heading: say("recipients.title"),
    paragraphs: [
      [
        say("recipients.authority"),
        ...(told.length > 0 ? [say("recipients.group", { authorities: told.join(", ") })] : []),
        ...carriersOf(authority).map((carrier) => say(`recipients.${carrier}`)),
        say("recipients.mail"),
        say("recipients.hosting", { hosting: isolated(operator.hosting, page) }),
      ],
      say("recipients.later"),
      later.map((key) => say(`recipients.${key}`)),
      say("recipients.thirdCountries"),
    ],
  };
}

function rights(say: Say, operator: Operator, authority: Authority | undefined): TextSection {
  const list = ["access", "rectification", "erasure", "restriction", "objection", "complaint"];
  return {
    heading: say("rights.title"),
    paragraphs: [
      list.map((key) => say(`rights.${key}`)),
      say("rights.how"),
      say("rights.honest"),
      say("rights.automated"),
      `${say("rights.supervisory")}:`,
      ...reachable(operator.supervisoryAuthority),
      ...(authority
        ? [`${say("rights.authoritySupervisory")}:`, ...reachable(authority.privacy.supervisoryAuthority)]
        : []),
    ],
  };
}

/** The privacy notice (Art. 13 GDPR): the operator's part and, at an authority, its own contacts (architecture 9). */
export function privacyOf(page: Page, deployment: Deployment, authority: Authority | undefined): TextSection[] {
  const { operator } = deployment;
  const say: Say = (key, values) => page.say(`pages:privacy.${key}`, values);
  const note = translationNote(page);
  const summary = ["needed", "sealed", "noTracking", "delete"];
  const technical = ["cookies", "draft", "filed", "unsent", "checks", "address"].map((name) => `${name}Title`);
  const technicalTexts: Record<string, readonly string[]> = {
    cookiesTitle: ["cookies", "cookieCode", "cookieSession", "cookiePlace"],
    draftTitle: ["draft", "draftOpen", "draftLost", "codeHint"],
    filedTitle: ["filed", "filedHonest", "filedEnd"],
    unsentTitle: ["unsent"],
    checksTitle: ["checks"],
    addressTitle: ["address"],
  };
  return [
    ...(note ? [{ paragraphs: [note] }] : []),
    { heading: say("summary.title"), paragraphs: [summary.map((key) => say(`summary.${key}`))] },
    controllers(page, say, operator, authority),
    part(say, "purposes", [
      "service",
      "serviceBasis",
      "authority",
      "authorityBasis",
      "sensitive",
      "sensitiveBasis",
      "email",
      "emailNews",
      "emailContent",
      "emailSealed",
    ]),
    part(say, "duty", ["voluntary", "cooperate", "missing"]),
    recipients(page, say, deployment, authority),
    {
      heading: say("storage.title"),
      paragraphs: [
        { kind: "table", head: [say("storage.what"), say("storage.howLong")], rows: retentionRows(say, operator) },
        say("storage.authority"),
      ],
    },
    rights(say, operator, authority),
    {
      heading: say("technical.title"),
      paragraphs: technical.flatMap((title) => [
        `${say(`technical.${title}`)}:`,
        (technicalTexts[title] ?? []).map((key) => say(`technical.${key}`)),
      ]),
    },
    { paragraphs: [say("asOf", { date: formatDate(WORDED_ON, page.language) })] },
  ];
}
