import type { DeadlineBannerProps } from "#app/components/DeadlineBanner.tsx";
import { formatDate, formatEuros } from "#app/i18n/format.ts";
import type { Page } from "#app/routes/shared/request.server.ts";
import type { EvidenceItem } from "#flows/engine/evidence.ts";
import type { Deadline } from "#flows/law/deadline.ts";
import type { Fee } from "#flows/law/fee.ts";

/** A deadline in words: every case that holds, the most pressing one as title. `undefined` where there is none. */
export function deadlineBanner(
  { codes, date, days, tone }: Deadline,
  page: Page,
): Omit<DeadlineBannerProps, "children"> | undefined {
  const last = codes.at(-1);
  if (last === undefined || tone === "none") return undefined;
  const values = { date: date === undefined ? "" : formatDate(date, page.language), days: days ?? 0, count: days ?? 0 };
  const title = date === undefined && page.has(`law:deadline.${last}.titleOpen`) ? "titleOpen" : "title";
  // "Today" (L3) says the days that are left as "now" (L2) does, and more.
  const said = codes.filter((code) => code !== "L2" || last !== "L3");
  const texts = said.toReversed().map((code) => page.say(`law:deadline.${code}.text`, values));
  return {
    tone,
    title: page.say(`law:deadline.${last}.${title}`, values),
    text: texts.join(" "),
    ...(days === undefined ? {} : { days }),
  };
}

/** The fee in words: the amount, and a line for each reason. */
export function feeWords(
  fee: Fee,
  page: Page,
): { amount: string; reasons: { text: string; amount?: string }[]; note: string } {
  const euros = (cents: number) => formatEuros(cents, page.language);
  const amount =
    fee.kind === "exact"
      ? page.say("law:fee.exact", { amount: euros(fee.cents) })
      : fee.kind === "range"
        ? page.say("law:fee.range", { from: euros(fee.from), to: euros(fee.to) })
        : page.say("law:fee.unknown");
  const reasons = fee.reasons.map(({ code, cents }) => ({
    text: page.say(`law:fee.reason.${code}`),
    ...(cents === undefined ? {} : { amount: euros(cents) }),
  }));
  return { amount, reasons, note: page.say("law:fee.note") };
}

/** A piece of evidence in words. */
export function evidenceWords(
  { code, reason }: Pick<EvidenceItem, "code" | "reason">,
  page: Page,
): { title: string; hint: string; why: string } {
  return {
    title: page.say(`evidence:${code}.title`),
    hint: page.say(`evidence:${code}.hint`),
    why: page.say(`evidence:reason.${reason}`),
  };
}
