import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { personaFile } from "./persona.ts";
import { valuesOf, type PlainBrowser, type PlainPage } from "./plainBrowser.ts";

/** Bytes of one part, as the service asks for them. */
export const PART = 1_048_576;

/** A PDF of exactly this many bytes; `fill` tells one from another. */
export function pdfOf(size: number, fill = " "): Buffer {
  const pdf = readFileSync(personaFile("passport.pdf"));
  const end = Buffer.from("\n%%EOF");
  return Buffer.concat([pdf, Buffer.alloc(size - pdf.length - end.length, fill), end]);
}

/** The bytes of one part of a file. */
export const partOf = (bytes: Buffer, part: number): Buffer => bytes.subarray(part * PART, (part + 1) * PART);

/** SHA-512 in hex, as browsers send it. */
export const hashOf = (bytes: Buffer): string => createHash("sha512").update(bytes).digest("hex");

/** An answer to a script: its status, and what it says as JSON (`{}` without a body). */
export type ScriptAnswer = { status: number; json: Record<string, unknown> };

/** Like a browser: connections that were kept and are closed meanwhile are no failure; there may be some of them. */
async function stubborn<T>(work: () => Promise<T>, tries = 5): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (tries === 1) throw error;
    return stubborn(work, tries - 1);
  }
}

/** What the script of the page for files does, one request at a time. */
export type Uploader = {
  create: (size: number, more?: Record<string, unknown>) => Promise<ScriptAnswer>;
  put: (id: string, part: number | string, bytes: Uint8Array) => Promise<ScriptAnswer>;
  look: (id: string) => Promise<ScriptAnswer>;
  complete: (id: string, sha512?: string) => Promise<ScriptAnswer>;
  remove: (id: string) => Promise<ScriptAnswer>;
  /** Creates an upload and gives its id. @throws when it is refused */
  begin: (size: number, more?: Record<string, unknown>) => Promise<string>;
};

/** The script of a page that this browser has open; `headers` replace its own. */
export function uploaderOf(browser: PlainBrowser, page: PlainPage, headers: Record<string, string> = {}): Uploader {
  const base = "/de/potsdam/uploads";
  const token = valuesOf(page)["csrf"]?.[0] ?? "";
  async function ask(path: string, method: string, body?: Uint8Array | string): Promise<ScriptAnswer> {
    const own = { origin: page.url.origin, "sec-fetch-site": "same-origin", "x-form-token": token, ...headers };
    const init = {
      method,
      headers: own,
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : new Uint8Array(body) }),
    };
    const response = await stubborn(() => browser.send(`${base}${path}`, init));
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json") === true;
    return { status: response.status, json: isJson ? (JSON.parse(text) as Record<string, unknown>) : {} };
  }
  const create: Uploader["create"] = (size, more = {}) =>
    ask("", "POST", JSON.stringify({ code: "PASS", name: "pass.pdf", size, ...more }));
  return {
    create,
    put: (id, part, bytes) => ask(`/${id}/${part}`, "PUT", bytes),
    look: (id) => ask(`/${id}`, "GET"),
    complete: (id, sha512) => ask(`/${id}/complete`, "POST", sha512 === undefined ? "" : JSON.stringify({ sha512 })),
    remove: (id) => ask(`/${id}`, "DELETE"),
    begin: async (size, more) => {
      const { status, json } = await create(size, more);
      if (status !== 201 || typeof json["id"] !== "string") throw new Error(`not begun: ${status}`);
      return json["id"];
    },
  };
}
