import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { collect } from "#app/store/blobs.server.ts";
import { inspect, MAX_FILE_BYTES, safeName, UploadRefused } from "#app/store/upload.server.ts";
import { personaFile } from "#tests/support/persona.ts";

const pdf = readFileSync(personaFile("passport.pdf"));
const jpeg = readFileSync(personaFile("photo.jpg"));
const png = readFileSync(personaFile("scan.png"));
const heic = readFileSync(personaFile("photo.heic"));

/** The first box of a file of the HEIF family: main brand, then the others (ISO/IEC 23008-12). */
function heifStart(...brands: string[]): Buffer {
  const [main = "", ...others] = brands;
  const box = Buffer.from(`\0\0\0\0ftyp${main}\0\0\0\0${others.join("")}`, "latin1");
  box.writeUInt32BE(box.length);
  return Buffer.concat([box, Buffer.alloc(100)]);
}

async function* inPieces(bytes: Uint8Array, size: number): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** What becomes of a file: its kind, or why it is refused. */
async function verdict(bytes: Uint8Array, room = Number.MAX_SAFE_INTEGER, pieces = 7_001): Promise<string> {
  const watched = inspect(inPieces(bytes, pieces), room);
  try {
    await collect(watched.bytes);
    return watched.done().mimeType;
  } catch (error) {
    if (error instanceof UploadRefused) return error.reason;
    throw error;
  }
}

const padded = (size: number) =>
  Buffer.concat([pdf, Buffer.alloc(size - pdf.length - 6, 0x20), Buffer.from("\n%%EOF")]);

describe("a file that is handed in", () => {
  test("is known by its content", async () => {
    expect(await verdict(pdf)).toBe("application/pdf");
    expect(await verdict(jpeg)).toBe("image/jpeg");
    expect(await verdict(png)).toBe("image/png");
    expect(await verdict(png, 1_000_000, 1)).toBe("image/png");
    expect(await verdict(heic)).toBe("image/heic");
    expect(await verdict(heic, 1_000_000, 1)).toBe("image/heic");
    expect(await verdict(heifStart("mif1", "mif1", "heic"))).toBe("image/heic");
  });

  test("passes on unchanged, with size and hash", async () => {
    const watched = inspect(inPieces(jpeg, 100), 1_000_000);
    expect(() => watched.done()).toThrow(UploadRefused);
    expect(Buffer.from(await collect(watched.bytes)).equals(jpeg)).toBe(true);
    expect(watched.done()).toMatchObject({ size: jpeg.length, sha512: expect.stringMatching(/^[0-9a-f]{128}$/) });
  });

  test.each<[string, Uint8Array, string]>([
    ["is empty", Buffer.alloc(0), "empty"],
    ["is a program that is called a PDF", Buffer.from("MZ\x90\x00 This program cannot be run in DOS mode"), "type"],
    ["is a web page", Buffer.from("<!doctype html><script>alert(1)</script>"), "type"],
    ["is a drawing with script", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), "type"],
    ["is a picture of the HEIC family that nobody decodes here", heifStart("mif1", "mif1", "avif"), "type"],
    ["is an AVIF", heifStart("avif", "mif1", "miaf"), "type"],
    ["is a film", heifStart("isom", "iso2", "mp41"), "type"],
    ["is too short for the box it begins with", heic.subarray(0, 6), "type"],
    ["is a zip archive", Buffer.from("PK\x03\x04"), "type"],
    ["is noise", randomBytes(5_000).fill(0, 0, 8), "type"],
    ["is a PDF without its end", pdf.subarray(0, pdf.length - 20), "damaged"],
    ["is a photo without its end", jpeg.subarray(0, jpeg.length - 2), "damaged"],
    ["is a picture without its end", png.subarray(0, png.length - 12), "damaged"],
    ["is only the head of a PDF", Buffer.from("%PDF-1.7"), "damaged"],
  ])("is refused if it %s", async (_name, bytes, reason) => {
    expect(await verdict(bytes)).toBe(reason);
  });

  test.each([1, 7, 100_000])("is refused if it is a PDF with a password, in pieces of %i bytes", async (pieces) => {
    const marked = pdf.toString("latin1").replace("trailer", "trailer\n<< /Encrypt 12 0 R >>\ntrailer");
    expect(marked).toContain("/Encrypt");
    expect(await verdict(Buffer.from(marked, "latin1"), 1_000_000, pieces)).toBe("encrypted");
  });

  test("may have 10 MB and not a byte more", async () => {
    expect(await verdict(padded(MAX_FILE_BYTES))).toBe("application/pdf");
    expect(await verdict(padded(MAX_FILE_BYTES + 1))).toBe("tooLarge");
  });

  test("must fit into the room that the application has left", async () => {
    expect(await verdict(pdf, pdf.length)).toBe("application/pdf");
    expect(await verdict(pdf, pdf.length - 1)).toBe("caseFull");
  });

  test("is refused before it was read to its end when it is too large", async () => {
    let read = 0;
    async function* endless(): AsyncIterable<Uint8Array> {
      for (;;) {
        read += 1_000_000;
        yield Buffer.alloc(1_000_000);
      }
    }
    const { bytes } = inspect(endless(), Number.MAX_SAFE_INTEGER);
    await expect(collect(bytes)).rejects.toThrow(UploadRefused);
    expect(read).toBe(MAX_FILE_BYTES + 1_000_000);
  });
});

describe("the shown name of a file", () => {
  test.each([
    ["../../etc/passwd", "passwd"],
    ["C:\\Users\\me\\Pass.pdf", "Pass.pdf"],
    ["Pass\u0000.pdf", "Pass.pdf"],
    ["vertrag\u202Efdp.exe", "vertragfdp.exe"],
    ["line\r\nbreak\t.png", "linebreak.png"],
    ["  Mein Pass.PDF ", "Mein Pass.PDF"],
    ["Reisepass Müller.jpg", "Reisepass Müller.jpg"],
    ["جواز السفر.pdf", "جواز السفر.pdf"],
    ["", "datei"],
    [".pdf", "datei.pdf"],
    ["..", "datei"],
    ["../..", "datei"],
    ["\u200b\u202e", "datei"],
    ["a.tar.gz", "a.tar.gz"],
  ])("%j becomes %j", (typed, shown) => {
    expect(safeName(typed)).toBe(shown);
  });

  test("is short and keeps its ending", () => {
    expect(safeName(`${"x".repeat(300)}.pdf`)).toBe(`${"x".repeat(100)}.pdf`);
  });

  test("is never cut through the middle of a character", () => {
    expect(safeName(`x${"😀".repeat(150)}.pdf`)).toBe(`x${"😀".repeat(49)}.pdf`);
  });
});
