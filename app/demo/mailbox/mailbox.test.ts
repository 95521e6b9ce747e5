import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTransport } from "nodemailer";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { startMailbox, type Mailbox } from "./server.ts";
import { KEPT, openStore } from "./store.ts";

const listed = z.array(
  z.object({
    id: z.string(),
    to: z.array(z.string()),
    subject: z.string(),
    text: z.string(),
    html: z.string(),
    headers: z.record(z.string(), z.string()),
  }),
);

let dataDir: string;
let mailbox: Mailbox;
const start = () => startMailbox({ port: 0, smtpPort: 0, host: "127.0.0.1", dataDir });

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "mailbox-"));
  mailbox = await start();
});
afterEach(async () => {
  await mailbox.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const mails = async () => listed.parse(await (await fetch(`${mailbox.url}/api/mails`)).json());

async function send(subject: string, text: string, html: string): Promise<void> {
  const transporter = createTransport(mailbox.smtpUrl);
  await transporter.sendMail({ from: "dienst@example.org", to: "p1@example.org", subject, text, html });
  transporter.close();
}

test("a mail arrives with its subject, text and HTML in every script, and is still there after a start anew", async () => {
  const arabic = "هناك أخبار عن طلبك ".repeat(8);
  await send(`Neues für Sie | ${arabic}`, `Grüße\n.Punkt\n${arabic}`, `<p dir="rtl">${arabic} = ü</p>`);
  await mailbox.close();
  mailbox = await start();
  const [mail] = await mails();
  expect(mail?.to).toEqual(["p1@example.org"]);
  expect(mail?.subject.trim()).toBe(`Neues für Sie | ${arabic}`.trim());
  expect(mail?.text.trim()).toBe(`Grüße\n.Punkt\n${arabic}`.trim());
  expect(mail?.html.trim()).toBe(`<p dir="rtl">${arabic} = ü</p>`);
  expect(mail?.headers["message-id"]).toMatch(/^<.+>$/);
});

test("pages show a mail without letting it do anything", async () => {
  await send("<b>Betreff</b>", "<i>Text</i>", "<script>alert(1)</script><p>Inhalt</p>");
  const [mail] = await mails();
  const list = await (await fetch(`${mailbox.url}/`)).text();
  expect(list).toContain("&lt;b&gt;Betreff");
  const page = await fetch(`${mailbox.url}/mails/${mail?.id}`);
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  const shown = await page.text();
  expect(shown).toContain("&lt;i&gt;Text");
  expect(shown).not.toContain("<script>");
  const frame = await fetch(`${mailbox.url}/mails/${mail?.id}/html`);
  expect(frame.headers.get("content-security-policy")).toMatch(/^sandbox; default-src 'none'/);
  expect((await fetch(`${mailbox.url}/mails/unknown`)).status).toBe(404);
});

test("a foreign name of this computer reads nothing", async () => {
  const { hostname, port } = new URL(mailbox.url);
  const { request } = await import("node:http");
  const status = await new Promise((resolve) => {
    request({ hostname, port, path: "/api/mails", headers: { host: "evil.example" } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).end();
  });
  expect(status).toBe(403);
});

test("the journal keeps the last mails, and a torn line is passed over", async () => {
  const store = await openStore(join(dataDir, "own"));
  const raw = Buffer.from("Subject: x\r\n\r\ny");
  for (let index = 0; index < 2 * KEPT + 3; index += 1) {
    await store.add({ from: "a@example.org", to: [`n${index}@example.org`], raw, receivedAt: new Date(0) });
  }
  expect(store.all()).toHaveLength(KEPT);
  const file = join(dataDir, "own", "mails.jsonl");
  expect(readFileSync(file, "utf8").split("\n").length).toBeLessThan(2 * KEPT);
  writeFileSync(file, `${readFileSync(file, "utf8")}{"id":"torn`);
  const again = await openStore(join(dataDir, "own"));
  expect(again.all()[0]?.to).toEqual([`n${2 * KEPT + 2}@example.org`]);
});
