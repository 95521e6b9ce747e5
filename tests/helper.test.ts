import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { referenceOf } from "./support/applicant.ts";
import { beginHelp, claim, fillHelped, HAND_OVER, helpedPersona, resume, ticketFrom } from "./support/helping.ts";
import { startOpenStack, type OpenStack } from "./support/openStack.ts";
import { codeFrom, headingOf, textOf } from "./support/pageChecks.ts";
import { codeOf, controlsOf, errorsOf } from "./support/plainBrowser.ts";
import { fillingOf, walkOn } from "./support/plainJourney.ts";
import { logInAs } from "./support/staffLogin.ts";
import { until } from "./support/until.ts";

const MINUTES = 60_000;

let stack: OpenStack;
beforeAll(async () => {
  stack = await startOpenStack({ identity: true });
}, 4 * MINUTES);
afterAll(() => stack?.stop(), MINUTES);

const messages = z.array(z.looseObject({ messageId: z.string(), reference: z.string(), state: z.string() }));
const sent = z.looseObject({
  filer: z.object({ role: z.string() }),
  declarations: z.array(z.object({ id: z.string(), text: z.string(), given: z.boolean() })),
});

async function accepted(reference: string) {
  const api = `${stack.fachverfahren}/api/applications`;
  const [message] = await until(
    async () => messages.parse(await (await fetch(api)).json()).filter((one) => one.reference === reference),
    ([one]) => one?.state === "accepted",
    MINUTES,
  );
  return sent.parse(await (await fetch(`${api}/${message?.messageId}`)).json());
}

const rows = async (query: string) => (await stack.pool.query<Record<string, unknown>>(query)).rows;

const insert = (authority: string) =>
  `insert into helped (authority, helper, started_at) values ('${authority}', 'x', now()) returning id`;

test("beginning leads to the first question in the language of the person, and is noted without anything of them", async () => {
  const { browser } = await logInAs(stack, "helper", "/helper");
  const form = await browser.open("/helper");
  expect(headingOf(form)).toBe("Heute");
  const refused = await browser.submit(form);
  expect([refused.status, errorsOf(refused)]).toEqual([
    422,
    [
      { text: "Sprache der Person: Diese Angabe fehlt.", target: "#f-language" },
      { text: "Behörde: Diese Angabe fehlt.", target: "#f-authority" },
    ],
  ]);
  const body = new URLSearchParams({
    csrf: controlsOf(form).find(({ name }) => name === "csrf")?.value ?? "",
    language: "uk",
    authority: "potsdam",
  });
  const foreign = new URLSearchParams({ ...Object.fromEntries(body), authority: "barnim" });
  expect((await browser.send("/helper", { method: "POST", body: foreign })).status).toBe(422);
  const begun = await browser.send("/helper", { method: "POST", body });
  expect([begun.status, begun.headers.get("location"), begun.headers.get("clear-site-data")]).toEqual([
    302,
    "/uk/potsdam/triage/place",
    '"cache", "storage"',
  ]);
  const first = await browser.open("/uk/potsdam/triage/place");
  expect(first.document.querySelector(".ao-helped")?.textContent).toContain("Ви зараз допомагаєте");
  const [row] = await rows("select * from helped order by id desc limit 1");
  expect(row).toMatchObject({ authority: "potsdam", reference: null, case_id: null, handed_over_at: null });
  const [audit] = await rows("select actor, role, authority, action, subject from audit order by id desc limit 1");
  expect(audit).toEqual({
    actor: row?.["helper"],
    role: "helper",
    authority: "potsdam",
    action: "helper.begin",
    subject: String(row?.["id"]),
  });
  const latest = async () => (await browser.open("/helper")).document.querySelector("tbody tr")?.text;
  expect(await latest()).toContain("begonnen");
  // It may go to an authority of somebody else, whose events are not for this helper.
  const filed = "reference = 'ABCD-EFGH-JKMN', case_id = gen_random_uuid(), filed_at = now()";
  await rows(`update helped set ${filed} where id = ${String(row?.["id"])}`);
  expect(await latest()).toContain("abgesendet");
});

test(
  "handing over gives everything to the person alone, who files it on their own device",
  async () => {
    const { browser: helper, page: review } = await fillHelped(stack, "review");
    expect(controlsOf(review).map(({ name }) => name)).toContain("declareHelped");
    const old = await codeFrom(helper);
    const ticket = await ticketFrom(helper);
    expect(ticket).toMatch(/^\w{5}-\w{5}$/);
    expect((await helper.open(HAND_OVER)).text).not.toContain(ticket.slice(0, 5));

    const { browser, page } = await claim(stack, ticket.toLowerCase());
    expect(page.url.pathname).toBe("/de/potsdam/save-code");
    const code = codeOf(page);
    expect([code === old, (await resume(stack, old)).status]).toEqual([false, 422]);
    expect((await resume(stack, code)).url.pathname).toBe(review.url.pathname);

    // The helper's browser has nothing any more, and begins nothing under the old code.
    for (const path of [
      review.url.pathname,
      "/de/potsdam/triage/place",
      "/de/potsdam/household",
      "/de/potsdam/receipt",
    ]) {
      const there = await helper.open(path);
      expect([path, there.url.pathname]).toEqual([path, HAND_OVER]);
      expect(there.text).not.toContain("ŹRÓDLAK");
    }
    expect(textOf(await helper.open(HAND_OVER))).toContain("Der Antrag gehört jetzt nur noch der Person.");
    expect((await helper.send(HAND_OVER, { method: "POST", body: new URLSearchParams() })).status).toBe(403);

    const own = await walkOn(browser, helpedPersona, await browser.open(review.url.pathname), (path) =>
      path.endsWith("/review"),
    );
    expect([own.text.includes("ŹRÓDLAK"), own.document.querySelector(".ao-helped")]).toEqual([true, null]);
    const undeclared = await browser.submit(own, {
      values: { ...fillingOf(own, helpedPersona.answers), declareHelped: [] },
    });
    expect([undeclared.status, errorsOf(undeclared).length]).toEqual([422, 1]);
    const reference = referenceOf(await browser.submit(own, { values: fillingOf(own, helpedPersona.answers) }));
    const { filer, declarations } = await accepted(reference);
    expect(filer.role).toBe("helper");
    expect(declarations.find(({ id }) => id === "declareHelped")).toEqual({
      id: "declareHelped",
      text: "Ich habe die Person, die mir bei diesem Antrag hilft, damit beauftragt.",
      given: true,
    });
    const [row] = await rows(`select * from helped where reference = '${reference}'`);
    expect(row).toMatchObject({ handed_over_at: expect.any(Date), filed_at: expect.any(Date) });
    const line = await until(
      async () => {
        const { document } = await helper.open("/helper");
        return document.querySelectorAll("tbody tr").find(({ text }) => text.includes(reference))?.text ?? "";
      },
      (text) => text.includes("übernommen"),
      MINUTES,
    );
    expect(line).toContain("an die Person übergeben");
    const [audit] = await rows(
      `select action, role, actor from audit where action = 'helper.handOver' order by id desc`,
    );
    expect(audit).toEqual({ action: "helper.handOver", role: "helper", actor: row?.["helper"] });
    // On the person's own device there are files as always.
    expect((await browser.open("/de/potsdam/application.pdf")).headers.get("content-type")).toBe("application/pdf");
  },
  4 * MINUTES,
);

test(
  "a family goes over whole: drafts, filed applications and whoever was added",
  async () => {
    const { browser: helper, page } = await fillHelped(stack, "review");
    const filling = { values: fillingOf(page, helpedPersona.answers) };
    const reference = referenceOf(await helper.submit(page, filling));
    expect(referenceOf(await helper.submit(page, filling))).toBe(reference);
    const list = await helper.open("/de/potsdam/household");
    const added = await helper.submit(list, { press: ["person", "child"] });
    expect(added.url.pathname).toBe("/de/potsdam/triage/place");
    expect(added.document.querySelector(".ao-helped")).not.toBeNull();
    const [count] = await rows(
      "select count(*)::int as rows from helped where handed_over_at is null and filed_at is null",
    );
    const { browser, page: claimed } = await claim(stack, await ticketFrom(helper));
    expect(claimed.url.pathname).toBe("/de/potsdam/save-code");
    const after = await rows(
      "select count(*)::int as rows from helped where handed_over_at is null and filed_at is null",
    );
    expect(Number(count?.["rows"]) - Number(after[0]?.["rows"])).toBe(1);
    const household = await browser.open("/de/potsdam/household");
    expect(household.document.querySelectorAll(".ao-items > li")).toHaveLength(2);
    expect(textOf(household)).toContain(reference);
    for (const path of ["/de/potsdam/household", "/de/status"])
      expect((await helper.open(path)).url.pathname).toBe(HAND_OVER);
  },
  4 * MINUTES,
);

test("staff see the rows of their own authorities alone, and no ticket", async () => {
  await beginHelp(stack);
  const asStaff = async (authorities: string, query: string) => {
    const client = await stack.pool.connect();
    try {
      await client.query("begin");
      await client.query("select set_config('app.authorities', $1, true), set_config('app.role', 'helper', true)", [
        authorities,
      ]);
      await client.query("set local role aufenthalt_staff");
      return (await client.query(query)).rows.length;
    } finally {
      await client.query("rollback");
      client.release();
    }
  };
  expect(await asStaff("potsdam", "select * from helped")).toBeGreaterThan(0);
  expect(await asStaff("barnim", "select * from helped")).toBe(0);
  expect(await asStaff("potsdam", insert("potsdam"))).toBe(1);
  await expect(asStaff("barnim", insert("potsdam"))).rejects.toThrow(/row-level security/);
  await expect(asStaff("*", "select * from tickets")).rejects.toThrow(/permission denied/);
  await expect(asStaff("*", "update helped set reference = 'x'")).rejects.toThrow(/permission denied/);
});
