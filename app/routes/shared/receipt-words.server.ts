import type { ReceiptPaperProps } from "#app/components/ReceiptPaper.tsx";
import type { Authority } from "#app/config/authority.ts";
import type { App } from "#app/context.server.ts";
import { berlinDate, formatDate, formatTime } from "#app/i18n/format.ts";
import { serverI18n } from "#app/i18n/i18n.server.ts";
import { qrModules } from "#app/routes/shared/qr.server.ts";
import { firstPayload, type Case } from "#app/store/cases.server.ts";
import { receiptHash } from "#app/store/receipt.server.ts";
import { caseEvents, type CaseEvent } from "#flows/engine/status.ts";
import type { Effect } from "#flows/law/deadline.ts";
import type { Payload } from "#flows/delivery/payload.ts";

type EffectKey = "effect" | "effectDepends" | "effectFirst" | "effectNone";

/** What the receipt says on the stay until the decision, by the effect that the law likely has (architecture 8). */
const effectKeys: Readonly<Record<Effect, readonly EffectKey[]>> = {
  continues: ["effect", "effectDepends"],
  allowed: ["effectFirst", "effectDepends"],
  allowedIfEntitled: ["effectFirst", "effectDepends"],
  removalSuspended: ["effectNone"],
  discretion: ["effectNone"],
  none: ["effectNone"],
  titleNotExtended: ["effectNone"],
  opportunityRight: ["effectNone"],
  pending: ["effectNone"],
  rightByLaw: ["effectNone"],
  unlimited: ["effectNone"],
  visaAbroad: ["effectNone"],
  notConcerned: ["effectNone"],
  counselling: ["effectNone"],
  unknown: ["effectNone"],
};

const moment = (date: Date) => ({ date: formatDate(berlinDate(date), "de"), time: formatTime(date) });

/** The receipt of a case in German, the language that counts: no secret, no name. */
export function receiptPaper(
  app: App,
  found: Case,
  authority: Authority,
  events: readonly CaseEvent[],
): ReceiptPaperProps {
  const { t } = serverI18n("de");
  const filed = firstPayload(found.copy);
  const payload = JSON.parse(filed) as Payload;
  const accepted = caseEvents(events).find(({ kind }) => kind === "accepted");
  const takenOver = accepted
    ? t("pages:receipt.takenOverAt", moment(new Date(accepted.at)))
    : t("pages:receipt.takenOverNot");
  const files = payload.evidence.flatMap(({ title, files: list }) =>
    list.flatMap(({ sha512, original }) => [
      { label: title, hash: sha512.slice(0, 24) },
      // The file on the phone of the person has this one, what the authority has got the other.
      ...(original ? [{ label: t("pages:receipt.original", { title }), hash: original.sha512.slice(0, 24) }] : []),
    ]),
  );
  const demo = payload.demo === undefined ? [] : [payload.demo];
  return {
    authority: authority.name,
    office: authority.office,
    filedAt: t("pages:status.at", moment(found.filedAt)),
    title: t("pages:receipt.document"),
    reference: found.reference,
    rows: [
      { label: t("pages:receipt.authority"), value: authority.name },
      { label: t("pages:receipt.service"), value: payload.service.title },
      { label: t("pages:receipt.contents"), value: payload.evidence.map(({ title }) => title) },
    ],
    meaning: {
      title: t("pages:receipt.received"),
      paragraphs: [
        ...demo,
        t("pages:receipt.receivedAt", moment(found.filedAt)),
        takenOver,
        t(`pages:receipt.rule.${authority.receivingRule}`),
        ...effectKeys[payload.suggestion.effect].map((key) => t(`pages:receipt.${key}`)),
      ],
      warning: `${t("pages:receipt.notADecision")} ${t("pages:receipt.notAFiktion")}`,
    },
    qr: {
      modules: qrModules(`${app.env.publicUrl}/verify#${found.receipt}`),
      caption: `${t("pages:receipt.verifyShows")} ${t("pages:receipt.verifyAt", { url: `${app.env.publicUrl}/verify` })}`,
    },
    checksums: [{ label: t("pages:receipt.service"), hash: receiptHash(Buffer.from(filed)).slice(0, 24) }, ...files],
    labels: {
      product: t("common:product"),
      reference: t("common:receipt.reference"),
      checksums: t("common:receipt.checksums"),
      qr: t("common:receipt.qr"),
    },
    lang: "de",
  };
}
