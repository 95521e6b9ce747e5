import { getConnInfo } from "@hono/node-server/conninfo";
import type { Hono } from "hono";
import { jsonBody, mediaType, refused, type AppContext, type AppEnv } from "./access.ts";
import { deliveries } from "./deliveries.ts";
import { describeFaults, faultSchema, faultSwitch, type Fault } from "./faults.ts";
import { FOREIGN_KEY_MODES } from "./faultModes.ts";
import { PAGE_HEADERS, startPage } from "./pages.ts";
import { pass, problemResponse, refuse, type Outcome } from "./problems.ts";
import type { Service } from "./service.ts";

const FORM = "application/x-www-form-urlencoded";

/** What only a simulator has: start page, figures, switch for faults, health. */
export function addSimulatorRoutes(app: Hono<AppEnv>, service: Service): void {
  const { store, faults } = service;
  app.get("/", (c) => c.html(startPage(store.statistics(), faults.inForce()), 200, PAGE_HEADERS));
  app.get("/health", (c) => c.json({ status: "ok" }));
  app.get("/simulator/statistics", (c) => c.json(store.statistics()));
  app.get("/simulator/deliveries", (c) => c.json(deliveries(store.submissions())));
  app.get("/simulator/faults", (c) => c.json(describeFaults(faults.inForce())));
  app.post("/simulator/faults", async (c) => {
    if (!fromThisMachine(c)) return problemResponse({ slug: "foreign-client", detail: "this machine only" });
    const isForm = mediaType(c) === FORM;
    const wanted = isForm ? await faultsOfForm(c, faults.inForce()) : await faultsOfJson(c);
    if (!wanted.ok) return refused(wanted);
    // Making the foreign key takes seconds; afterwards the fault strikes without delay.
    if (wanted.value.some(({ mode }) => FOREIGN_KEY_MODES.has(mode))) await service.foreignKey();
    faults.set(wanted.value);
    return isForm ? c.redirect("/", 303) : c.json(describeFaults(faults.inForce()));
  });
}

async function faultsOfJson(c: AppContext): Promise<Outcome<Fault[]>> {
  const body = await jsonBody(c);
  if (!body.ok) return body;
  const wanted = faultSwitch.safeParse(body.value);
  return wanted.success ? pass(wanted.data) : refuse("malformed-request", "unknown fault");
}

/** The form of the start page adds one fault to those in force, or ends all of them. */
async function faultsOfForm(c: AppContext, inForce: readonly Fault[]): Promise<Outcome<Fault[]>> {
  if (!fromOwnPage(c)) return refuse("foreign-client", "the form did not come from this page");
  const form = new URLSearchParams(await c.req.text());
  const entry = (name: string) => {
    const text = form.get(name)?.trim().replace(",", ".");
    return text ? { [name]: Number(text) } : {};
  };
  const numbers = { ...entry("delayMs"), ...entry("count"), ...entry("probability") };
  const wanted = faultSchema.safeParse({ mode: form.get("mode"), ...numbers });
  if (!wanted.success) return refuse("malformed-request", "unknown fault or number out of range");
  return pass(wanted.data.mode === "none" ? [] : [...inForce, wanted.data]);
}

/** A page of another origin that a browser on this machine shows must not switch anything. */
function fromOwnPage(c: AppContext): boolean {
  const origin = c.req.header("origin");
  return origin === undefined
    ? c.req.header("sec-fetch-site") === "same-origin"
    : origin === `http://${c.req.header("host") ?? ""}`;
}

function fromThisMachine(c: AppContext): boolean {
  const address = getConnInfo(c).remote.address ?? "";
  return address === "::1" || /^(::ffff:)?127\./.test(address);
}
