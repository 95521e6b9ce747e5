import type { App } from "#app/context.server.ts";
import type { Authority } from "#app/config/authority.ts";
import { heldUpOf } from "#app/outbox/heldUp.server.ts";
import { isolated } from "#app/routes/shared/base.server.ts";
import { addressLines, phoneLink } from "#app/routes/shared/contact.server.ts";
import type { Page } from "#app/routes/shared/request.server.ts";
import type { UndeliveredProps } from "#app/routes/shared/Undelivered.tsx";
import type { Case } from "#app/store/cases.server.ts";

/** What does not get through, and what of that can go on paper. */
const textOf = {
  application: "text",
  supplement: "supplementText",
  answer: "answerText",
  withdrawal: "withdrawalText",
} as const;

/**
 * Ways to the authority beside this service, for a person whose message is stuck, or is urgent and has not got out for an hour
 * (architecture 7). What is still fine offers none: a second copy costs the authority work.
 */
export async function otherWaysOf(
  { database, now }: Pick<App, "database" | "now">,
  page: Page,
  found: Pick<Case, "id" | "authority">,
  authority: Authority | undefined,
): Promise<UndeliveredProps | undefined> {
  const heldUp = authority && (await heldUpOf(database.db, found.id, now()));
  if (!authority || heldUp === undefined) return undefined;
  const { contact, emergencyContact, name, office } = authority;
  const base = `/${page.language}/${found.authority}`;
  const say = (key: string, values?: Record<string, string>) => page.say(`pages:status.heldUp.${key}`, values);
  const address = isolated(addressLines(`${name}, ${office}`, contact.address).join(", "), page);
  return {
    title: say("title"),
    text: say(textOf[heldUp]),
    call: phoneLink(page, "pages:status.heldUp.call", (emergencyContact ?? contact).phone),
    bring: say(heldUp === "answer" || heldUp === "withdrawal" ? "bringLetter" : "bring", { address }),
    receipt: say("receipt"),
    pdf: { href: `${base}/application.pdf`, label: page.say("pages:status.otherWays.pdf") },
    proof: { href: `${base}/receipt`, label: page.say("pages:receipt.document") },
  };
}
