import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { App } from "#app/context.server.ts";
import { queueMail } from "#app/mail/queue.server.ts";
import { GIVE_UP_MS, sendDue } from "#app/mail/send.server.ts";
import { smtpOptions } from "#app/mail/smtp.server.ts";
import { mailState } from "#app/mail/state.server.ts";
import { mails } from "#drizzle/schema.ts";
import { openApp, type TestApp } from "#tests/support/app.ts";

const start = new Date("2026-11-22T08:00:00Z");
const minutes = (count: number) => new Date(start.getTime() + count * 60_000);
const from = { name: "Aufenthalt Online", address: "post@aufenthalt.example" };

let opened: TestApp;
let now = start;
let smtpUrl = "";
const app = (): App => ({ ...opened.app, now: () => now, env: { ...opened.app.env, mail: { smtpUrl, from } } });
const db = () => opened.app.database.db;
const rows = () => db().select().from(mails);

beforeAll(async () => {
  opened = await openApp();
});
afterAll(() => opened.close());

let broken: SMTPServer | Server | undefined;
let refuse: (command: "MAIL" | "RCPT" | "DATA") => Error | undefined = () => undefined;

beforeEach(async () => {
  now = start;
  await db().delete(mails);
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onMailFrom: (_address, _session, done) => done(refuse("MAIL")),
    onRcptTo: (_address, _session, done) => done(refuse("RCPT")),
    onData: (stream, _session, done) => {
      stream.resume();
      stream.once("end", () => done(refuse("DATA") ?? null));
    },
  });
  server.on("error", () => undefined);
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  const address = server.server.address();
  smtpUrl = `smtp://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  broken = server;
  await queueMail(db(), {
    purpose: "alert",
    audience: "operator",
    authority: null,
    data: { kind: "stuck", count: 1, subjects: ["m"], codes: [], since: start.toISOString() },
    onceKey: "x",
    at: start,
  });
});
afterEach(async () => {
  refuse = () => undefined;
  await new Promise<void>((resolve) => broken?.close(() => resolve()));
});

const failure = (responseCode: number) => Object.assign(new Error("nobody@example.org refused"), { responseCode });

test("a server that takes no mails is tried again later and later, as the same mail, and health tells it", async () => {
  refuse = () => failure(451);
  expect(await sendDue(app(), () => 0)).toBe(0);
  expect(await rows()).toMatchObject([
    { state: "waiting", attempts: 1, lastError: "smtp.EENVELOPE:451", nextAttemptAt: minutes(1) },
  ]);
  expect(await mailState(db(), true, now)).toBe("ok");
  for (const wait of [1, 2, 4]) {
    now = new Date(now.getTime() + wait * 60_000);
    await sendDue(app(), () => 0);
  }
  expect(await rows()).toMatchObject([{ state: "waiting", attempts: 4 }]);
  expect(await mailState(db(), true, now)).toBe("degraded");
  refuse = () => undefined;
  now = minutes(60);
  expect(await sendDue(app())).toBe(1);
  expect(await mailState(db(), true, now)).toBe("ok");
  expect(await mailState(db(), false, now)).toBe("degraded");
});

test("a mail is given up after three days, and at once where the receiver does not exist; no address is kept", async () => {
  refuse = (command) => (command === "DATA" ? failure(554) : undefined);
  await sendDue(app());
  expect(await rows()).toMatchObject([{ state: "waiting", lastError: "smtp.EMESSAGE:554" }]);
  now = new Date(start.getTime() + GIVE_UP_MS);
  await sendDue(app());
  expect(await rows()).toMatchObject([{ state: "failed" }]);
  refuse = (command) => (command === "RCPT" ? failure(550) : undefined);
  await db().update(mails).set({ state: "waiting", nextAttemptAt: start, createdAt: now });
  await sendDue(app());
  const [row] = await rows();
  expect(row).toMatchObject({ state: "failed", lastError: "smtp.EENVELOPE:550" });
  expect(JSON.stringify(row)).not.toContain("@");
});

test("a server that hangs up costs an attempt and nothing else", async () => {
  const server = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  smtpUrl = `smtp://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  await sendDue(app());
  expect(await rows()).toMatchObject([{ state: "waiting", lastError: expect.stringMatching(/^smtp\.E[A-Z]+$/) }]);
  server.close();
});

test("beyond this machine nothing is sent without TLS", () => {
  expect(smtpOptions("smtp://mail.example:25")).toMatchObject({ requireTLS: true, ignoreTLS: false, secure: false });
  expect(smtpOptions("smtps://u%40x:p%3A@mail.example")).toMatchObject({
    secure: true,
    port: 465,
    auth: { user: "u@x", pass: "p:" },
  });
  expect(smtpOptions("smtp://127.0.0.1:2525")).toMatchObject({ requireTLS: false, port: 2525 });
  expect(smtpOptions("smtp://mail.example")).not.toHaveProperty("tls");
});
