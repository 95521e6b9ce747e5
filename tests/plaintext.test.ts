import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseAccessCode } from "#app/store/access-code.ts";
import { blueCard } from "#flows/services/work/W-18g.ts";
import { triage } from "#flows/services/triage.ts";
import { fillIn, p1, type Applicant } from "./support/applicant.ts";
import { dumpPglite, dumpPostgres } from "./support/dump.ts";
import type { TestPersona } from "./support/persona.ts";
import { codeOf, plainBrowser } from "./support/plainBrowser.ts";
import { searchFor, type Search, type Secret } from "./support/plaintext.ts";
import { startPostgres, type PostgresServer } from "./support/postgresServer.ts";
import { startDemo, type RunningDemo } from "./support/runningDemo.ts";
import { until } from "./support/until.ts";

const MINUTE = 60_000;

/** P1 with names that stand nowhere else and need every kind of escaping. */
function personaNamed(familyName: string, more: Record<string, string>): TestPersona {
  // Numbers of its own: in base64 a row of zeros looks like that of a regional key in some other receipt.
  const places = {
    visaNumber: "D8316475",
    employerPostalCode: "29599",
    employerPlace: "Oberkleinwendorf",
    workplace: "Niederkleinwendorf",
  };
  return { ...p1, answers: { ...p1.answers, familyName, ...places, ...more } };
}
const delivered = personaNamed("ŻÓŁTOWSKÁ", {
  employerName: 'Prüf & Söhne "<GmbH>"',
  number: "X7354201",
  street: "Grünstraße",
});
const waiting = personaNamed("ÇELİKOĞLU", {
  employerName: "Wärter/Wächter + Co. 100%",
  number: "X9152637",
  street: "Blaustraße",
});
/** Typed into a draft that is never filed; refused, because the card knows Latin letters only. */
const refused = "Ґалаґан-Підвисоцький";

/** Answers of five or more characters that are no code: texts, dates in both writings, amounts in euros and cents. */
function answersOf({ answers }: TestPersona): Secret[] {
  const pages = [...Object.values(triage.steps), ...Object.values(blueCard.flow.steps)];
  const fields = pages.flatMap((step) => ("fields" in step ? Object.entries(step.fields) : []));
  return fields.flatMap(([name, { kind }]) => {
    const value = answers[name];
    // The place is also the name of the authority, which everybody may know.
    if (value === undefined || value === null || name === "place") return [];
    const [year, month, day] = String(value).split("-");
    const written = {
      text: [String(value)],
      date: [String(value), `${day}.${month}.${year}`],
      partialDate: [String(value), `${day}.${month}.${year}`],
    };
    const amounts = { money: [String(value), `${String(value)}00`] };
    const texts: readonly string[] = { ...written, ...amounts }[kind as keyof typeof written] ?? [];
    return texts.filter((text) => text.length >= 5).map((text) => ({ name, bytes: Buffer.from(text) }));
  });
}

function filesOf({ uploads }: TestPersona): Secret[] {
  return [...uploads.values()].flat().flatMap((path) => [
    { name: `name of ${basename(path)}`, bytes: Buffer.from(basename(path)) },
    { name: `beginning of ${basename(path)}`, bytes: readFileSync(path).subarray(0, 64) },
  ]);
}

/** The access code as it is written, without separators, and the bytes in it. */
async function codeOfApplicant({ browser }: Applicant): Promise<Secret[]> {
  const code = codeOf(await browser.open("/de/potsdam/access-sheet"));
  const parsed = parseAccessCode(code);
  const bytes = parsed.ok ? Buffer.from(parsed.secret) : Buffer.alloc(0);
  return [Buffer.from(code), Buffer.from(code.replaceAll("-", "")), bytes].map((secret) => ({
    name: "access code",
    bytes: secret,
  }));
}

/** Begins a draft and types something that is refused. */
async function leaveDraft(url: string): Promise<void> {
  const browser = plainBrowser(url);
  const start = await browser.submit(await browser.open("/de/potsdam/triage/place"), {
    values: { postalCode: ["14467"], place: [p1.answers["place"] as string] },
  });
  expect(start.status).toBe(200);
  const again = await browser.submit(await browser.open("/de/potsdam/triage/place"), {
    values: { postalCode: ["14467"], place: [refused] },
  });
  expect(again.status).toBe(422);
  expect((await browser.open("/de/potsdam/triage/place")).text).toContain(refused);
}

describe.each(["PGlite", "PostgreSQL"])("with %s", (kind) => {
  const dataDir = mkdtempSync(join(tmpdir(), "plain-"));
  const outputs: (() => string)[] = [];
  // A server of its own: in the write-ahead log of a shared one stands what other tests filed.
  let database: PostgresServer | undefined;
  let demo: RunningDemo;
  let search: Search;

  async function start(): Promise<void> {
    demo = await startDemo(dataDir, { LOG_LEVEL: "trace", ...(database ? { DATABASE_URL: database.template } : {}) });
    outputs.push(demo.output);
  }
  beforeAll(async () => {
    database = kind === "PostgreSQL" ? await startPostgres() : undefined;
    await start();
  }, 2 * MINUTE);
  afterAll(async () => {
    await demo.stop();
    await database?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const authoritysOwn = join(dataDir, "demo", "fachverfahren");
  const mailbox = join(dataDir, "demo", "mailbox");
  // The mail provider of the demo knows to whom it brings a mail, and nothing else.
  const isAddressOfMail = ({ place, secret }: { place: string; secret: string }) =>
    place.startsWith(mailbox) && ["email", "emailRepeat"].includes(secret);
  const findings = () => [
    ...search.inFolder(dataDir, authoritysOwn).filter((finding) => !isAddressOfMail(finding)),
    ...outputs.flatMap((output) => search.inBytes(Buffer.from(output()), "output")),
  ];

  /** Tables as a dump has them, and for PostgreSQL its files with the write-ahead log. */
  async function inDatabase() {
    if (database) {
      const { text, folder, oid } = await dumpPostgres(database.template);
      const files = [join(folder, "base", oid), join(folder, "pg_wal")].flatMap((part) => search.inFolder(part));
      return { text, found: [...search.inBytes(Buffer.from(text), "dump"), ...files] };
    }
    const copy = mkdtempSync(join(tmpdir(), "plain-copy-"));
    try {
      cpSync(join(dataDir, "pglite"), join(copy, "pglite"), { recursive: true });
      const text = await dumpPglite(join(copy, "pglite"));
      return { text, found: search.inBytes(Buffer.from(text), "dump") };
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  }

  test(
    "nothing that was typed or handed in can be read outside of the authority's own system",
    async () => {
      const first = await fillIn(demo.url, delivered);
      await first.submit();
      await until(first.events, (events) => events.includes("accepted"), MINUTE);
      await leaveDraft(demo.url);

      const init = {
        method: "POST",
        body: JSON.stringify({ mode: "down" }),
        headers: { "content-type": "application/json" },
      };
      await fetch(`${demo.zustelldienst}/simulator/faults`, init);
      const second = await fillIn(demo.url, waiting);
      await second.submit();
      await until(
        async () => (await fetch(`${demo.url}/health`)).text(),
        (health) => health.includes('"delivery":"degraded"'),
      );

      const codes = [...(await codeOfApplicant(first)), ...(await codeOfApplicant(second))];
      const answers = [
        ...answersOf(delivered),
        ...answersOf(waiting),
        { name: "refused", bytes: Buffer.from(refused) },
      ];
      search = searchFor([...answers, ...filesOf(p1), ...codes]);
      expect(findings(), "after a failed delivery").toEqual([]);
      const own = new Set(search.inFolder(authoritysOwn).map(({ secret }) => secret));
      expect([...own], "the authority can read it").toEqual(
        expect.arrayContaining(["familyName", "dateOfBirth", "beginning of passport.pdf"]),
      );

      await demo.kill9();
      expect(findings(), "after a crash").toEqual([]);
      const { text, found } = await inDatabase();
      expect(found, "in the database").toEqual([]);
      for (const table of ["public.cases", "public.drafts", "public.outbox", "pgboss.job"])
        expect(text).toContain(table);
      expect(text).toContain("fit-connect:");

      await start();
      const status = await first.browser.open("/de/status").catch(() => undefined);
      expect(status, "the first address is gone").toBeUndefined();
      const cookies = second.browser.cookies;
      const reader = plainBrowser(demo.url);
      for (const [name, value] of cookies) reader.cookies.set(name, value);
      await until(
        async () => (await reader.open("/de/status")).text,
        (page) => /data-events="[^"]*accepted/.test(page),
        MINUTE,
      );
      expect(findings(), "after the delivery").toEqual([]);
    },
    4 * MINUTE,
  );
});
