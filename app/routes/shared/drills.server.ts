import { data, redirect } from "@remix-run/node";
import type { App } from "#app/context.server.ts";
import type { DrillBoard } from "#app/components/operator/Drills.tsx";
import { withNews } from "#app/routes/shared/operatorNews.server.ts";
import type { OperatorRequest } from "#app/routes/shared/operatorPage.server.ts";
import { notFound } from "#app/routes/shared/request.server.ts";
import { faultInForce, faultSwitchOf, setFault, type SimulatorFault } from "#app/simulator.server.ts";
import { recordAudit } from "#app/staff/scope.server.ts";
import type { FormValues } from "#flows/engine/forms.ts";

/**
 * Faults of the demo Zustelldienst, by the name of their words. Only what strikes senders has a count: the Fachverfahren,
 * which asks the same service all the time, would use up the others.
 */
const drills = {
  down: { mode: "down", delayMs: 5_000 },
  rateLimit: { mode: "rate-limit", delayMs: 5_000 },
  slow: { mode: "slow", delayMs: 4_000 },
  loseAnswer: { mode: "lose-answer", count: 1 },
  cutRequest: { mode: "cut-request", probability: 0.5 },
  inactive: { mode: "inactive" },
  wrongSignature: { mode: "wrong-signature" },
  wrongTags: { mode: "wrong-tags" },
  expiredToken: { mode: "expired-token", probability: 0.3 },
} as const satisfies Readonly<Record<string, SimulatorFault>>;
type DrillName = keyof typeof drills;

const isDrill = (name: unknown): name is DrillName => typeof name === "string" && Object.hasOwn(drills, name);

/** The switch of the simulator for somebody who may turn it: it concerns all authorities of the demo. */
function switchFor(app: Pick<App, "env">, { authorities }: OperatorRequest): URL | undefined {
  return authorities === "all" ? faultSwitchOf(app.env) : undefined;
}

/** The drills with the one in force; nothing outside of the demo. */
export async function drillBoard(app: Pick<App, "env">, asked: OperatorRequest): Promise<DrillBoard | undefined> {
  const { say } = asked.words;
  const url = switchFor(app, asked);
  if (!url) return undefined;
  const mode = await faultInForce(url);
  const names = Object.keys(drills).filter(isDrill);
  const on = names.find((name) => drills[name].mode === mode);
  const other = mode === undefined || mode === "none" ? undefined : say("operator:drills.other", { mode });
  const inForce = on === undefined ? other : say(`operator:drills.modes.${on}.title`);
  return {
    isReachable: mode !== undefined,
    ...(inForce === undefined ? {} : { inForce }),
    drills: names.map((name) => ({
      name,
      title: say(`operator:drills.modes.${name}.title`),
      see: say(`operator:drills.modes.${name}.see`),
      isOn: name === on,
    })),
  };
}

/** Starts or ends a drill and notes it. @throws a redirect that tells it; 404 outside of the demo, 400 for an unknown one */
export async function runDrill(app: Pick<App, "env">, asked: OperatorRequest, form: FormValues): Promise<never> {
  const url = switchFor(app, asked) ?? notFound();
  const name = form["drill"]?.[0];
  if (name !== "none" && !isDrill(name)) throw data(null, { status: 400 });
  const mode = await setFault(url, name === "none" ? { mode: "none" } : drills[name]);
  if (mode === undefined) throw redirect(withNews("/operator", "drillFailed"));
  await asked.inScope((tx) => recordAudit(tx, asked.staff, "drill", name, null));
  throw redirect(withNews("/operator", name === "none" ? "drillEnded" : "drill"));
}
