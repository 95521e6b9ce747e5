import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CompactSign } from "jose";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadKeys } from "#app/keys.server.ts";
import { formatReference } from "#app/store/access-code.ts";
import { fillIn, p1, referenceOf, type Applicant } from "./support/applicant.ts";
import { textOf } from "./support/pageChecks.ts";
import { personaFile } from "./support/persona.ts";
import { errorsOf, plainBrowser, titleOf, valuesOf, type Filling, type PlainPage } from "./support/plainBrowser.ts";
import { searchFor } from "./support/plaintext.ts";
import { createDatabase, type TestDatabase } from "./support/postgres.ts";
import { startDemo, type RunningDemo } from "./support/runningDemo.ts";
import { until } from "./support/until.ts";

const dataDir = mkdtempSync(join(tmpdir(), "verify-"));
const unknown = formatReference(new Uint8Array(7));
let database: TestDatabase;
let pool: pg.Pool;
let demo: RunningDemo;

/** An application that the authority took over, with what its applicant can show. */
type Case = { applicant: Applicant; reference: string; receipt: string; pdf: Uint8Array };
let own: Case;

async function filed(): Promise<Case> {
  const applicant = await fillIn(demo.url);
  const reference = referenceOf(await applicant.submit());
  await until(applicant.events, (events) => events.includes("accepted"), 60_000);
  const { rows } = await pool.query<{ receipt: string }>("select receipt from cases where reference = $1", [reference]);
  const response = await applicant.browser.send("/de/potsdam/application.pdf");
  return { applicant, reference, receipt: rows[0]!.receipt, pdf: new Uint8Array(await response.arrayBuffer()) };
}

beforeAll(async () => {
  database = await createDatabase();
  pool = new pg.Pool({ connectionString: database.url });
  pool.on("error", () => undefined);
  demo = await startDemo(dataDir, { LOG_LEVEL: "trace", DATABASE_URL: database.url });
  own = await filed();
}, 240_000);
afterAll(async () => {
  await demo?.stop();
  await pool?.end();
  await database?.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** What a stranger sees who checks something in the form of a way. */
async function check(way: "reference" | "file" | "receipt", filling: Filling): Promise<PlainPage> {
  const browser = plainBrowser(demo.url);
  const page = await browser.submit(await browser.open(`/de/verify?way=${way}`), filling);
  expect(page.headers.get("cache-control")).toBe("no-store");
  expect(page.url.search).toBe(`?way=${way}`);
  return page;
}
const byReference = (typed: string) => check("reference", { values: { reference: [typed] } });
const byReceipt = (typed: string) => check("receipt", { values: { receipt: [typed] } });
const byFile = (bytes: Uint8Array) => check("file", { files: { file: [{ name: "Antrag.pdf", bytes }] } });

/** The tone of the result, or none: the page says it in words, an icon and a colour. */
const toneOf = ({ document }: PlainPage) =>
  /kern-alert--(\w+)/.exec(document.querySelector("#result .kern-alert")?.getAttribute("class") ?? "")?.[1];
const resultOf = ({ document }: PlainPage) => document.querySelector("#result")?.textContent ?? "";

/** A valid result says when, for which authority and which case, and nothing else. */
function expectValid(page: PlainPage): void {
  expect([page.status, toneOf(page)]).toEqual([200, "success"]);
  expect(resultOf(page)).toMatch(
    /Eingegangen beim Online-Dienst am \d\d\.\d\d\.\d{4} um \d\d:\d\d\sUhr \(Berliner Zeit\)/,
  );
  expect(resultOf(page)).toContain("Landeshauptstadt Potsdam");
  expect(resultOf(page)).toContain(own.reference);
  expect(resultOf(page)).toContain("keine Entscheidung");
  expect(page.text).not.toMatch(/Blaue Karte|W-18g|übernommen|MUSTERKAR/i);
}

function expectUnknown(page: PlainPage): void {
  expect([page.status, toneOf(page)]).toEqual([200, "danger"]);
  expect(resultOf(page)).not.toMatch(/Potsdam|Eingegangen/);
  expect(page.document.querySelector("#holder")).toBeNull();
}

describe("by its reference", () => {
  test("a receipt is valid, however the reference is typed", async () => {
    const loose = ` ${own.reference.toLowerCase().replaceAll("-", " ").replaceAll("0", "o").replaceAll("1", "l")} `;
    for (const typed of [own.reference, loose, own.reference.replaceAll("-", "")])
      expectValid(await byReference(typed));
  });

  test("an unknown one is not, and one that is mistyped is told at its field and stays there", async () => {
    expectUnknown(await byReference(unknown));
    const typed = own.reference.replace(/.$/, (last) => (last === "0" ? "2" : "0"));
    const refused = await byReference(typed);
    expect([refused.status, titleOf(refused).slice(0, 7)]).toEqual([422, "Fehler:"]);
    expect(errorsOf(refused).map(({ target }) => target)).toEqual(["#f-reference"]);
    expect(valuesOf(refused)["reference"]).toEqual([typed]);
    expect((await byReference("  ")).status).toBe(422);
  });

  test("one that its holder deleted is like one that never was, and so are its PDF and its holder", async () => {
    const gone = await filed();
    const { browser } = gone.applicant;
    await browser.submit(await browser.open("/de/delete-data"));
    const [deleted, never] = [await byReference(gone.reference), await byReference(unknown)];
    expectUnknown(deleted);
    expect(textOf(deleted)).toBe(textOf(never));
    expectUnknown(await byFile(gone.pdf));
    const { rowCount } = await pool.query(
      "select 1 from documents d where not exists (select 1 from cases where id = d.case_id)",
    );
    expect(rowCount).toBe(0);
    const signed = await byReceipt(gone.receipt);
    expect(toneOf(signed)).toBe("success");
    expect(toneOf(await compare(signed, holder))).toBe("warning");
  });
});

describe("by the PDF of the application", () => {
  test("the file that was handed out is valid, sent as it is or by its hash alone", async () => {
    expectValid(await byFile(own.pdf));
    const browser = plainBrowser(demo.url);
    const form = await browser.open("/de/verify?way=file");
    const sha256 = createHash("sha256").update(own.pdf).digest("hex");
    const body = new URLSearchParams({ csrf: valuesOf(form)["csrf"]?.[0] ?? "", way: "file", sha256 });
    const answer = await browser.send("/de/verify?way=file", { method: "POST", body });
    expect(await answer.text()).toContain(own.reference);
  });

  test("the applicant and the authority have the same file", async () => {
    const { rows } = await pool.query<{ sha256: string }>(
      "select sha256 from documents d join cases c on c.id = d.case_id where c.reference = $1",
      [own.reference],
    );
    expect(rows).toEqual([{ sha256: createHash("sha256").update(own.pdf).digest("hex") }]);
  });

  test("a file with one byte changed, cut off, or of somebody else is unknown", async () => {
    const changed = Uint8Array.from(own.pdf);
    changed[changed.length >> 1]! ^= 1;
    for (const bytes of [
      changed,
      own.pdf.subarray(0, -1),
      readFileSync(personaFile("passport.pdf")),
      new Uint8Array(0),
    ])
      expectUnknown(await byFile(bytes));
  });

  test("no file and one of more than 20 MB are refused in words", async () => {
    const none = await check("file", {});
    const large = await byFile(new Uint8Array(20_000_001));
    for (const refused of [none, large]) {
      expect([refused.status, titleOf(refused).slice(0, 7)]).toEqual([422, "Fehler:"]);
      expect(errorsOf(refused).map(({ target }) => target)).toEqual(["#f-file"]);
    }
    expect(errorsOf(large)[0]?.text).toMatch(/20\sMB/);
  });

  test("nothing is checked for a page of another website", async () => {
    const browser = plainBrowser(demo.url);
    await browser.open("/de/verify?way=file");
    const body = new FormData();
    body.append("csrf", "forged");
    body.append("way", "file");
    body.append("file", new File([new Uint8Array(own.pdf)], "Antrag.pdf"));
    expect((await browser.send("/de/verify?way=file", { method: "POST", body })).status).toBe(403);
  });
});

describe("by the text of its QR code", () => {
  test("a receipt is valid as a text, over several lines and as the link of the code", async () => {
    const lines = own.receipt.match(/.{1,60}/g)?.join("\r\n") ?? "";
    for (const typed of [own.receipt, lines, `${demo.url}/verify#${own.receipt}`]) expectValid(await byReceipt(typed));
  });

  test("a changed text, a wrong signature, an unknown key and another kind of text are unknown", async () => {
    const [header = "", payload = "", signature = ""] = own.receipt.split(".");
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as Record<string, unknown>;
    const changed = Buffer.from(JSON.stringify({ ...claims, filedAt: "2020-01-01T00:00:00.000Z" })).toString(
      "base64url",
    );
    const foreign = await loadKeys({ folder: join(dataDir, "foreign"), mayCreate: true });
    const real = await loadKeys({ folder: join(dataDir, "keys"), mayCreate: true });
    const sign = (keys: typeof real, kid: string, typ = "ao-receipt+jws") =>
      new CompactSign(Buffer.from(JSON.stringify(claims)))
        .setProtectedHeader({ alg: "EdDSA", kid, typ })
        .sign(keys.receipt.privateKey!);
    expectValid(await byReceipt(await sign(real, real.receipt.kid)));
    for (const text of [
      `${header}.${changed}.${signature}`,
      `${header}.${payload}.${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`,
      await sign(foreign, real.receipt.kid),
      await sign(foreign, foreign.receipt.kid),
      await sign(real, real.receipt.kid, "JWT"),
      own.reference,
    ])
      expectUnknown(await byReceipt(text));
    expect((await byReceipt(" ")).status).toBe(422);
  });
});

const [year = "", month = "", day = ""] = String(p1.answers["dateOfBirth"]).split("-");
const holder = {
  familyName: String(p1.answers["familyName"]),
  givenNames: String(p1.answers["givenNames"]),
  "dateOfBirth.day": day,
  "dateOfBirth.month": month,
  "dateOfBirth.year": year,
};

/** Types name and birth date into the page of a valid receipt. */
function compare(page: PlainPage, typed: Record<string, string>): Promise<PlainPage> {
  const values = Object.fromEntries(Object.entries(typed).map(([name, value]) => [name, [value]]));
  const browser = plainBrowser(demo.url);
  const csrf = async () => valuesOf(await browser.open("/de/verify"))["csrf"] ?? [];
  return csrf().then((token) => browser.submit(page, { values: { ...values, csrf: token } }));
}

describe("the person of a valid receipt", () => {
  test("matches after each way of checking, however the name is written", async () => {
    for (const page of [await byReference(own.reference), await byFile(own.pdf), await byReceipt(own.receipt)]) {
      const loose = { ...holder, familyName: ` ${holder.familyName.toLowerCase()} ` };
      const compared = await compare(page, loose);
      expect([compared.status, toneOf(compared)]).toEqual([200, "success"]);
      expect(resultOf(compared)).toContain("Name und Geburtsdatum stimmen überein");
      expect(compared.text.toUpperCase()).not.toContain(holder.familyName.toUpperCase());
    }
  });

  test("does not match with another name or birth date, which the page does not repeat", async () => {
    const page = await byReceipt(own.receipt);
    for (const wrong of [{ familyName: "Fremdenfels" }, { "dateOfBirth.day": "01" }]) {
      const compared = await compare(page, { ...holder, ...wrong });
      expect([compared.status, toneOf(compared)]).toEqual([200, "warning"]);
      expect(resultOf(compared)).toContain("stimmen nicht überein");
      expect(compared.text).not.toContain("Fremdenfels");
    }
  });

  test("is not compared while something is missing; then what was typed stays", async () => {
    const refused = await compare(await byReference(own.reference), {
      familyName: "Fremdenfels",
      "dateOfBirth.day": "31",
    });
    expect([refused.status, toneOf(refused)]).toEqual([422, undefined]);
    expect(errorsOf(refused).map(({ target }) => target)).toEqual(["#f-dateOfBirth-day"]);
    expect(valuesOf(refused)).toMatchObject({ familyName: ["Fremdenfels"], "dateOfBirth.day": ["31"] });
    expect(valuesOf(refused)["reference"]).toEqual([own.reference]);
  });

  test("is asked for only with a receipt that is valid", async () => {
    const browser = plainBrowser(demo.url);
    const form = await browser.open("/de/verify");
    const csrf = valuesOf(form)["csrf"]?.[0] ?? "";
    const body = new URLSearchParams({ csrf, way: "reference", reference: unknown, holder: "yes", ...holder });
    const answer = await (await browser.send("/de/verify", { method: "POST", body })).text();
    expect(answer).toContain("kennen wir nicht");
    expect(answer).not.toContain("stimmen");
  });

  test("cannot be guessed: after ten names within ten minutes a receipt is compared no more", async () => {
    const other = await filed();
    const page = await byReference(other.reference);
    const statuses: number[] = [];
    for (let count = 0; count < 12; count += 1) statuses.push((await compare(page, holder)).status);
    expect(statuses).toEqual([...Array<number>(10).fill(200), 429, 429]);
  });
});

test("nothing of a person, a receipt or a file is in the logs", () => {
  const secrets = [
    holder.familyName,
    holder.givenNames,
    "Fremdenfels",
    own.reference,
    own.receipt.split(".")[1]!,
    unknown,
  ];
  const { inBytes } = searchFor(secrets.map((text, index) => ({ name: `${index}`, bytes: Buffer.from(text) })));
  const output = demo.output();
  expect(output).toContain('"method":"POST"');
  expect(inBytes(Buffer.from(output), "output")).toEqual([]);
});
