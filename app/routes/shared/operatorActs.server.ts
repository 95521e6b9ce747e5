import { data, redirect } from "@remix-run/node";
import { z } from "zod";
import type { App } from "#app/context.server.ts";
import type { Db } from "#app/db.server.ts";
import { circuits, queueLines } from "#app/outbox/desk.server.ts";
import {
  pauseDestination,
  pauseMessage,
  resendMessage,
  resendStuck,
  resumeDestination,
  resumeMessage,
  sendAnew,
  type ActOutcome,
} from "#app/outbox/deskActs.server.ts";
import { traceOf } from "#app/outbox/deskMessages.server.ts";
import { traceHref } from "#app/routes/shared/operatorHref.ts";
import { withNews, type NewsName } from "#app/routes/shared/operatorNews.server.ts";
import { destinationsInScope } from "#app/routes/shared/operatorOverview.server.ts";
import type { OperatorRequest } from "#app/routes/shared/operatorPage.server.ts";
import { notFound } from "#app/routes/shared/request.server.ts";
import { recordAudit } from "#app/staff/scope.server.ts";
import type { FormValues } from "#flows/engine/forms.ts";

const acts = {
  resend: { run: resendMessage, news: "resent" },
  anew: { run: sendAnew, news: "resent" },
  pause: { run: pauseMessage, news: "paused" },
  resume: { run: resumeMessage, news: "resumed" },
} as const satisfies Record<string, { run: (tx: Db, id: string, now: Date) => Promise<ActOutcome>; news: NewsName }>;

const first = (form: FormValues, name: string): string | undefined => form[name]?.[0];
const badRequest = (): never => {
  throw data(null, { status: 400 });
};

/** Does what a form of a message's page asks for, and notes it. @throws a redirect that tells it; 404 if nobody may see it */
export async function actOnMessage(
  app: App,
  { inScope, staff }: OperatorRequest,
  id: string,
  form: FormValues,
): Promise<never> {
  const act = z.enum(["resend", "anew", "pause", "resume"]).safeParse(first(form, "act")).data ?? badRequest();
  const outcome = await inScope(async (tx) => {
    const done = await acts[act].run(tx, id, app.now());
    if (done === "done") {
      const trace = await traceOf(tx, id);
      await recordAudit(tx, staff, `message.${act}`, id, trace?.message.authority ?? null);
    }
    return done;
  });
  if (outcome === "unknown") notFound();
  throw redirect(withNews(traceHref(id), outcome === "done" ? acts[act].news : outcome));
}

/** Whose a receiver is, as far as the caller sees it: by configuration, or by what lies in the database. */
async function authorityOf(tx: Db, app: App, { authorities }: OperatorRequest, id: string): Promise<string> {
  const configured = destinationsInScope(app, authorities).get(id);
  if (configured) return configured.authority;
  const lines = await queueLines(tx, app.now());
  const seen = lines.find(({ destination }) => destination === id) ?? (await circuits(tx)).find((one) => one.id === id);
  return seen?.authority ?? notFound();
}

/** Does what a form of the first page asks for with a receiver, and notes it. @throws a redirect that tells it, 400 or 404 */
export async function actOnDestination(app: App, asked: OperatorRequest, form: FormValues): Promise<never> {
  const act = z.enum(["resendStuck", "pause", "resume"]).safeParse(first(form, "act")).data ?? badRequest();
  const destination = first(form, "destination") ?? badRequest();
  const to = await asked.inScope(async (tx) => {
    const authority = await authorityOf(tx, app, asked, destination);
    const [done, count] = await runOnDestination(tx, app.now(), act, { id: destination, authority });
    if (done !== "nothing") await recordAudit(tx, asked.staff, `destination.${act}`, destination, authority);
    return withNews("/operator", done, count);
  });
  throw redirect(to);
}

async function runOnDestination(
  tx: Db,
  now: Date,
  act: "resendStuck" | "pause" | "resume",
  destination: { id: string; authority: string },
): Promise<[NewsName, number?]> {
  if (act === "pause") {
    await pauseDestination(tx, destination, now);
    return ["pausedDestination"];
  }
  if (act === "resume") return [(await resumeDestination(tx, destination.id, now)) ? "resumedDestination" : "nothing"];
  const count = await resendStuck(tx, destination.id, now);
  return count > 0 ? ["resentStuck", count] : ["nothing"];
}
