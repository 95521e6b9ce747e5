import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Something personal that must be nowhere, with a name to report it by. */
export type Secret = { name: string; bytes: Buffer };
/** Where a secret was found, and how it was written there. */
export type Finding = { secret: string; written: string; place: string };

/** `plain` are the bytes that are meant; in base64 `offset` tells how many of others stand before them in their group of three. */
type Needle = { secret: string; written: string; bytes: Buffer; plain: Buffer; offset?: number };

const utf16be = (bytes: Buffer) => Buffer.from(bytes.toString(), "utf16le").swap16();
const isText = (bytes: Buffer) => Buffer.from(bytes.toString()).equals(bytes);

/** The characters of a base64 text that depend on these bytes alone when `offset` bytes stand before them. */
function base64At(bytes: Buffer, offset: number): string {
  const text = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString("base64")
    .replace(/=+$/, "");
  const whole = Math.floor(((offset + bytes.length) * 8) / 6);
  return text.slice(Math.ceil((offset * 8) / 6), whole);
}

/** All ways in which a secret could stand in a file, a log or a dump. */
function needlesFor({ name, bytes }: Secret): Needle[] {
  const base64 = [0, 1, 2].map((offset) => base64At(bytes, offset));
  const written: [how: string, value: Buffer | string, offset?: number][] = [
    ["as it is", bytes],
    ["hex", bytes.toString("hex")],
    ["HEX", bytes.toString("hex").toUpperCase()],
    ...base64.map((text, offset) => [`base64 at ${offset}`, text, offset] as [string, string, number]),
    ...base64.map((text, offset) => {
      const value = text.replaceAll("+", "-").replaceAll("/", "_");
      return [`base64url at ${offset}`, value, offset] as [string, string, number];
    }),
  ];
  if (isText(bytes)) {
    const text = bytes.toString();
    const json = JSON.stringify(text).slice(1, -1);
    const escaped = json.replace(/[^\x20-\x7e]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
    const html = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
    written.push(["UTF-16LE", Buffer.from(text, "utf16le")], ["UTF-16BE", utf16be(bytes)]);
    written.push(["URL", encodeURIComponent(text)], ["form", new URLSearchParams({ a: text }).toString().slice(2)]);
    written.push(["JSON", json], ["JSON in ASCII", escaped], ["HTML", html]);
    written.push(["URL with escaped slashes", encodeURI(text)]);
  }
  const unique = new Map(
    written.map(([how, value, offset]) => [Buffer.from(value).toString("latin1"), { how, value, offset }]),
  );
  return [...unique.values()].map(({ how, value, offset }) => ({
    secret: name,
    written: how,
    bytes: Buffer.from(value),
    plain: bytes,
    ...(offset === undefined ? {} : { offset }),
  }));
}

/** A byte of a base64 text whose groups of four characters begin at `start`; undefined beyond the text. */
function decodedByte(haystack: Buffer, start: number, index: number): number | undefined {
  const from = start + Math.floor(index / 3) * 4;
  const group = from < 0 ? "" : haystack.subarray(from, from + 4).toString("latin1");
  return Buffer.from(/^[\w+/-]+/.exec(group)?.[0] ?? "", "base64")[((index % 3) + 3) % 3];
}

/** The bytes that stand beside a needle, decoded if it is written in base64; a blank where there is none. */
function beside(haystack: Buffer, at: number, { bytes, plain, offset }: Needle): string {
  if (offset === undefined) {
    return Buffer.from([haystack[at - 1] ?? 32, haystack[at + bytes.length] ?? 32]).toString("latin1");
  }
  const start = at - Math.ceil((offset * 8) / 6);
  const [before, after] = [offset - 1, offset + plain.length].map((index) => decodedByte(haystack, start, index));
  return Buffer.from([before ?? 32, after ?? 32]).toString("latin1");
}

const isDigits = (bytes: Buffer) => /^\d+$/.test(bytes.toString("latin1"));

/** Any five digits stand somewhere in every longer number or hash: they count only where no digit or hex letter touches them. */
function standsAlone(haystack: Buffer, at: number, needle: Needle): boolean {
  const { bytes, plain, offset } = needle;
  const mayBePart = isDigits(plain) && (isDigits(bytes) || offset !== undefined);
  return !mayBePart || !/[0-9a-f]/i.test(beside(haystack, at, needle));
}

/** Looks for secrets in bytes. One pass for all of them: the first three bytes decide whether to look closer. */
export type Search = {
  inBytes: (haystack: Buffer, place: string) => Finding[];
  inFolder: (folder: string, skip?: string) => Finding[];
};

/** Prepares a search. @throws when a secret is too short to be told from chance */
export function searchFor(secrets: readonly Secret[]): Search {
  const short = secrets.find(({ bytes }) => bytes.length < 5);
  if (short) throw new Error(`too short to search for: ${short.name}`);
  const byStart = new Map<number, Needle[]>();
  const starts = new Uint8Array(1 << 24);
  for (const needle of secrets.flatMap(needlesFor)) {
    const start = needle.bytes.readUIntBE(0, 3);
    starts[start] = 1;
    byStart.set(start, [...(byStart.get(start) ?? []), needle]);
  }

  function inBytes(haystack: Buffer, place: string): Finding[] {
    const found: Finding[] = [];
    let window = 0;
    for (let end = 0; end < haystack.length; end += 1) {
      window = ((window << 8) | (haystack[end] ?? 0)) & 0xffffff;
      if (end < 2 || starts[window] === 0) continue;
      const at = end - 2;
      for (const needle of byStart.get(window) ?? []) {
        if (haystack.subarray(at, at + needle.bytes.length).equals(needle.bytes) && standsAlone(haystack, at, needle)) {
          found.push({ secret: needle.secret, written: needle.written, place });
        }
      }
    }
    return found;
  }

  function inFolder(folder: string, skip?: string): Finding[] {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (path === skip) return [];
      if (entry.isDirectory()) return [...inBytes(Buffer.from(entry.name), path), ...inFolder(path, skip)];
      return entry.isFile() ? [...inBytes(Buffer.from(entry.name), path), ...inBytes(readFileSync(path), path)] : [];
    });
  }
  return { inBytes, inFolder };
}
