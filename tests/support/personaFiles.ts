/** Makes the files that personas upload, always the same bytes: `node tests/support/personaFiles.ts`. */
import { mkdirSync, writeFileSync } from "node:fs";
import { deflateSync, crc32 } from "node:zlib";
import { PDFDocument, StandardFonts } from "pdf-lib";

const FOLDER = new URL("../personas/files/", import.meta.url);

/** Contents of the PDF files; a made-up paper of a made-up person. */
const PAPERS: Readonly<Record<string, string>> = {
  passport: "Reisepass, Datenseite",
  visa: "Nationales Visum",
  contract: "Arbeitsvertrag",
  ezb: "Erklärung zum Beschäftigungsverhältnis",
  degree: "Hochschulabschluss",
  recognition: "Bewertung des Abschlusses",
  insurance: "Nachweis der Krankenversicherung",
  registration: "Meldebestätigung",
};

async function pdf(title: string): Promise<Uint8Array> {
  const document = await PDFDocument.create({ updateMetadata: false });
  document.setTitle(`MUSTER ${title}`);
  const page = document.addPage([298, 420]);
  const font = await document.embedFont(StandardFonts.Helvetica);
  page.drawText("MUSTER", { x: 30, y: 370, size: 20, font });
  page.drawText(title, { x: 30, y: 340, size: 11, font });
  return document.save({ useObjectStreams: false });
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** A grey PNG with 8 bits a pixel. */
function png(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(8, 8);
  const rows = Buffer.alloc((width + 1) * height, 0xd0);
  // Each row begins with its filter, 0 for none.
  for (let row = 0; row < height; row += 1) rows[row * (width + 1)] = 0;
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function segment(marker: number, content: readonly number[]): Buffer {
  const length = content.length + 2;
  return Buffer.from([0xff, marker, length >> 8, length & 0xff, ...content]);
}

/**
 * An even grey baseline JPEG (ITU-T T.81) with one component. Its Huffman tables have one code of one bit each, "no
 * difference" and "end of block", so every block of 8 × 8 pixels is two zero bits.
 */
function jpeg(width: number, height: number): Buffer {
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8);
  const scan = Buffer.alloc(Math.ceil((blocks * 2) / 8));
  const used = (blocks * 2) % 8;
  // The rest of the last byte is filled with ones.
  if (used > 0) scan[scan.length - 1] = 0xff >> used;
  const oneBitCode = [1, ...Array<number>(15).fill(0), 0];
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, [...Buffer.from("JFIF\0", "latin1"), 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    segment(0xdb, [0, ...Array<number>(64).fill(16)]),
    segment(0xc0, [8, height >> 8, height & 0xff, width >> 8, width & 0xff, 1, 1, 0x11, 0]),
    segment(0xc4, [0x00, ...oneBitCode]),
    segment(0xc4, [0x10, ...oneBitCode]),
    segment(0xda, [1, 1, 0x00, 0, 63, 0]),
    scan,
    Buffer.from([0xff, 0xd9]),
  ]);
}

mkdirSync(FOLDER, { recursive: true });
for (const [name, title] of Object.entries(PAPERS)) writeFileSync(new URL(`${name}.pdf`, FOLDER), await pdf(title));
writeFileSync(new URL("photo.jpg", FOLDER), jpeg(280, 360));
writeFileSync(new URL("scan.png", FOLDER), png(280, 396));
// photo.heic beside them has no writer here: two coloured halves of our own, with an invented place and camera in its
// EXIF data, encoded once with heif-enc 1.15 of libheif. It is under the licence of the project.
