import { randomUUID } from "node:crypto";
import { redirect, type LoaderFunctionArgs } from "@remix-run/node";
import { germanPdfWords, germanServiceTitle } from "#app/i18n/words.ts";
import { freezeMessage } from "#app/outbox/message.server.ts";
import { unsentPdf } from "#app/pdf/application.server.ts";
import { renderPdf } from "#app/pdf/render.server.ts";
import { requireDraft } from "#app/routes/shared/draft.server.ts";
import { refuseFile } from "#app/routes/shared/helped.server.ts";
import { standingOf } from "#app/routes/shared/household.server.ts";
import { requireAuthority, requirePage, settingOf } from "#app/routes/shared/request.server.ts";
import type { Payload } from "#flows/delivery/payload.ts";
import { isServiceId, services } from "#flows/services/registry.ts";
import { walkService } from "#flows/services/service.ts";

/**
 * The answers of a draft as PDF, for people whose authority does not take part (domain 4, R7): to hand in by post or
 * mail. Every page says that nothing was sent. A draft that no service asks anything of yet leads back to its questions.
 */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const page = requirePage(request, params);
  const authority = requireAuthority(context, params);
  refuseFile(context, page);
  const { draft } = await requireDraft(context, page, authority);
  const { service: id, answers } = draft.content;
  if (typeof id !== "string" || !isServiceId(id)) throw redirect(`/${page.language}/${authority.id}/triage`);
  const setting = settingOf(context, authority, "de", draft.content);
  const order = {
    authority,
    service: services[id],
    serviceTitle: germanServiceTitle(id),
    language: page.language,
    words: germanPdfWords,
    demo: undefined,
    ...(await standingOf(context)),
  };
  const given = { walked: walkService(services[id], answers, setting), facts: { ...setting, answers: {} } };
  const message = { id: randomUUID(), caseId: randomUUID(), reference: "-", filedAt: context.app.now() };
  const payload = JSON.parse(freezeMessage(order, given, message).text) as Payload;
  const bytes = await renderPdf(unsentPdf(payload, germanPdfWords));
  const headers = {
    "content-type": "application/pdf",
    "content-disposition": 'attachment; filename="Entwurf.pdf"',
  };
  return new Response(new Uint8Array(bytes), { headers });
}
