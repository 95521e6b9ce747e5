import { readdirSync, readFileSync } from "node:fs";
import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";

/** What a phone writes into a photo: its make and the place. */
const EXIF = {
  IFD0: { Make: "Musterkamera" },
  IFD3: { GPSLatitude: "52/1 23/1 59/1", GPSLatitudeRef: "N" },
};

/** Two halves, red on the left and blue on the right. */
function halves(width: number, height: number) {
  const size = { width: Math.round(width / 2), height };
  const half = { create: { ...size, channels: 3 as const, background: "#c00000" } };
  return sharp(half).extend({ right: width - size.width, background: "#0000c0" });
}

/** A photo that lies on its side, with camera, place, a colour profile and the film that some phones hang on. */
export async function phonePhoto(width = 400, height = 300): Promise<Buffer> {
  const held = halves(width, height).withExif(EXIF).withMetadata({ orientation: 6 }).withIccProfile("p3");
  const photo = await held.jpeg().toBuffer();
  return Buffer.concat([photo, Buffer.from("ftypmp42 a film behind the photo"), Buffer.from([0xff, 0xd9])]);
}

/** A photo that begins and ends well, with nothing between. */
export async function hollowPhoto(): Promise<Buffer> {
  return Buffer.concat([(await phonePhoto()).subarray(0, 300), Buffer.from([0xff, 0xd9])]);
}

/** A photo in printing colours. */
export async function printPhoto(): Promise<Buffer> {
  return halves(400, 300).toColourspace("cmyk").jpeg().toBuffer();
}

/** An interlaced picture: its decoder holds all pixels at once, four bytes each. */
export async function heldPicture(width: number, height: number): Promise<Buffer> {
  const create = { width, height, channels: 4 as const, background: "#c0000080" };
  return sharp({ create }).png({ progressive: true, compressionLevel: 1 }).toBuffer();
}

/** A PNG chunk (ISO/IEC 15948). */
function chunk(type: string, data: Uint8Array): Buffer {
  const typed = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, check]);
}

/** A black and white PNG of any size in a few kilobytes, with chunks of ones own before the pixels. */
export function blankPng(width: number, height: number, extra: readonly [string, Uint8Array][] = []): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const pixels = deflateSync(Buffer.alloc((1 + Math.ceil(width / 8)) * height));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    ...extra.map(([type, data]) => chunk(type, data)),
    chunk("IDAT", pixels),
    chunk("IEND", new Uint8Array()),
  ]);
}

/** Processes that this one started, on Linux. */
export function childProcesses(): number[] {
  const tasks = readdirSync(`/proc/${process.pid}/task`);
  const lists = tasks.map((task) => readFileSync(`/proc/${process.pid}/task/${task}/children`, "latin1"));
  const all = lists
    .flatMap((list) => list.split(" "))
    .filter(Boolean)
    .map(Number);
  return all.filter((pid) => readFileSync(`/proc/${pid}/cmdline`, "latin1").includes("app/images/child.ts"));
}
