import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdir, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { afterEach, describe, expect, test } from "vitest";
import type { ImageKind } from "#app/images/frame.ts";
import { createImagePool, type ImagePool, type ImagePoolOptions } from "#app/images/pool.server.ts";
import { personaFile } from "#tests/support/persona.ts";
import { blankPng, childProcesses, heldPicture, phonePhoto, printPhoto } from "#tests/support/pictures.ts";
import { until } from "#tests/support/until.ts";

const heic = readFileSync(personaFile("photo.heic"));
const small = blankPng(8, 8);
const pools: ImagePool[] = [];

function poolOf(options: Partial<ImagePoolOptions> = {}) {
  const told: { message: string; detail: unknown }[] = [];
  const note = (detail: object, message: string) => void told.push({ message, detail });
  const limits = { root: process.cwd(), size: 1, memoryMb: 768, timeoutMs: 30_000 };
  const pool = createImagePool({ ...limits, log: { warn: note, error: note }, ...options });
  pools.push(pool);
  const convert = (kind: ImageKind, original: Uint8Array) => pool.convert(kind, async () => original);
  return { pool, told, convert };
}

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
  expect(childProcesses()).toEqual([]);
});

function onlyProcess(): number {
  const [pid, ...others] = childProcesses();
  if (pid === undefined || others.length > 0) throw new Error("not one process");
  return pid;
}

/** The bytes of a converted picture, and what they say about themselves. */
async function written(kind: ImageKind, original: Uint8Array) {
  const result = await poolOf().convert(kind, original);
  if (!result.ok) throw new Error(`refused: ${result.reason}`);
  return { ...result, metadata: await sharp(result.bytes).metadata() };
}

/** Red, green and blue of a pixel. */
async function colourAt(bytes: Uint8Array, left: number, top: number): Promise<number[]> {
  const pixel = await sharp(bytes).extract({ left, top, width: 1, height: 1 }).removeAlpha().raw().toBuffer();
  return [...pixel];
}

const isRed = ([red = 0, green = 0, blue = 0]: number[]) => red > 150 && green < 60 && blue < 60;
const isBlue = ([red = 0, green = 0, blue = 0]: number[]) => blue > 150 && green < 60 && red < 60;

describe("a picture that is written anew", () => {
  test("stands upright and says nothing of camera, place and colour profile", async () => {
    const photo = await phonePhoto();
    expect(photo.includes("Musterkamera") && photo.includes("a film behind")).toBe(true);
    const { mimeType, bytes, metadata } = await written("image/jpeg", photo);
    expect(mimeType).toBe("image/jpeg");
    expect(metadata).toMatchObject({ format: "jpeg", width: 300, height: 400, space: "srgb" });
    for (const hidden of ["exif", "icc", "xmp", "iptc", "orientation"]) expect(metadata).not.toHaveProperty(hidden);
    const text = Buffer.from(bytes).toString("latin1");
    for (const hidden of ["Musterkamera", "Exif", "film"]) expect(text).not.toContain(hidden);
    // Turned by a quarter to the right, the left half is the upper one.
    expect(isRed(await colourAt(bytes, 150, 50))).toBe(true);
    expect(isBlue(await colourAt(bytes, 150, 350))).toBe(true);
  });

  test("is a JPEG if it was a HEIC", async () => {
    expect(heic.includes("Musterkamera")).toBe(true);
    const { mimeType, bytes, metadata } = await written("image/heic", heic);
    expect(mimeType).toBe("image/jpeg");
    expect(metadata).toMatchObject({ format: "jpeg", width: 640, height: 480 });
    expect(metadata).not.toHaveProperty("exif");
    expect(Buffer.from(bytes).includes("Musterkamera")).toBe(false);
    expect(isRed(await colourAt(bytes, 100, 50))).toBe(true);
    expect(isBlue(await colourAt(bytes, 500, 50))).toBe(true);
  });

  test("keeps its colours if it was in printing colours", async () => {
    const { bytes, metadata } = await written("image/jpeg", await printPhoto());
    expect(metadata).toMatchObject({ space: "srgb", channels: 3 });
    const [red = 0, , blue = 0] = await colourAt(bytes, 100, 50);
    expect(red).toBeGreaterThan(blue + 80);
  });

  test("stays a PNG with its see-through parts, at most 4000 pixels long", async () => {
    const { mimeType, metadata } = await written("image/png", await heldPicture(5000, 1000));
    expect(mimeType).toBe("image/png");
    expect(metadata).toMatchObject({ format: "png", width: 4000, height: 800, hasAlpha: true });
  });

  test("becomes a JPEG if it is a photo as PNG", async () => {
    const noise = { type: "gaussian" as const, mean: 128, sigma: 60 };
    const create = { width: 1600, height: 1200, channels: 3 as const, background: "#888", noise };
    const photo = await sharp({ create }).png({ compressionLevel: 1 }).toBuffer();
    const { mimeType, bytes } = await written("image/png", photo);
    expect(mimeType).toBe("image/jpeg");
    expect(bytes.length).toBeLessThan(photo.length);
  });

  test("loses what is packed into it besides its pixels", async () => {
    const flood = deflateSync(Buffer.alloc(100_000_000));
    const named = (name: string) => Buffer.concat([Buffer.from(`${name}\0\0`, "latin1"), flood]);
    const { bytes } = await written("image/png", blankPng(64, 64, [["zTXt", named("Comment")]]));
    expect(bytes.length).toBeLessThan(1_000);
    const { pool, convert } = poolOf({ memoryMb: 256 });
    await convert("image/png", blankPng(64, 64, [["iCCP", named("profile")]]));
    expect(await convert("image/png", small)).toMatchObject({ ok: true });
    expect(pool.state()).toBe("ok");
  });
});

const jpegNoise = () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), randomBytes(20_000)]);

/** The same file with another width and height in its property "ispe". */
function enlarged(file: Buffer): Buffer {
  const copy = Buffer.from(file);
  const at = copy.indexOf("ispe") + 8;
  copy.writeUInt32BE(20_000, at);
  copy.writeUInt32BE(20_000, at + 4);
  return copy;
}

describe("a picture is refused", () => {
  test.each<[string, ImageKind, () => Uint8Array | Promise<Uint8Array>, string]>([
    ["with more pixels than anybody photographs", "image/png", () => blankPng(20_000, 20_000), "tooManyPixels"],
    ["as HEIC that announces a huge size", "image/heic", () => enlarged(heic), "tooManyPixels"],
    ["that is cut off", "image/jpeg", async () => (await phonePhoto(1600, 1200)).subarray(0, 4_000), "damaged"],
    ["that is noise behind a good beginning", "image/jpeg", () => jpegNoise(), "damaged"],
    ["as HEIC that is cut off", "image/heic", () => heic.subarray(0, 1_500), "damaged"],
    ["that is of another kind than it begins", "image/png", () => phonePhoto(), "damaged"],
    ["as drawing with script", "image/png", () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), "damaged"],
  ])("%s", async (_name, kind, make, reason) => {
    const { pool, told, convert } = poolOf();
    expect(await convert(kind, await make())).toEqual({ ok: false, reason });
    expect(await convert("image/png", small)).toMatchObject({ ok: true });
    expect(told).toEqual([]);
    expect(pool.state()).toBe("ok");
  });
});

describe("a process", () => {
  test("that is killed with a picture in its hands is replaced, and the picture is tried again", async () => {
    const { convert, told } = poolOf();
    await convert("image/png", small);
    const first = onlyProcess();
    // Stopped, so that it surely has the picture when it dies.
    process.kill(first, "SIGSTOP");
    const result = convert("image/jpeg", await phonePhoto());
    setImmediate(() => process.kill(first, "SIGKILL"));
    expect(await result).toMatchObject({ ok: true });
    expect(childProcesses()).not.toContain(first);
    expect(told).toEqual([{ message: "image process ended", detail: { why: "crash", kind: "image/jpeg" } }]);
  });

  test("that takes too long is ended, and the next picture gets a new one", async () => {
    const { convert } = poolOf({ timeoutMs: 8_000 });
    await convert("image/png", small);
    const first = onlyProcess();
    process.kill(first, "SIGSTOP");
    expect(await convert("image/png", small)).toEqual({ ok: false, reason: "busy" });
    expect(childProcesses()).not.toContain(first);
    expect(await convert("image/png", small)).toMatchObject({ ok: true });
  });

  test("that takes too much memory is ended, and the next picture gets a new one", async () => {
    const { convert, told } = poolOf({ memoryMb: 256 });
    expect(await convert("image/png", await heldPicture(7000, 7000))).toEqual({ ok: false, reason: "tooManyPixels" });
    expect(told).toEqual([{ message: "image process ended", detail: { why: "memory", kind: "image/png" } }]);
    expect(await convert("image/png", small)).toMatchObject({ ok: true });
  });

  test("serves several pictures and ends when it has none for a while", async () => {
    const { convert } = poolOf({ idleMs: 300 });
    await convert("image/png", small);
    const first = childProcesses();
    await convert("image/png", small);
    expect(childProcesses()).toEqual(first);
    await until(
      async () => childProcesses().length,
      (count) => count === 0,
    );
  });

  test("gets no secrets of the service, and may not read its data", async () => {
    const { convert } = poolOf();
    await convert("image/png", small);
    const pid = onlyProcess();
    const names = readFileSync(`/proc/${pid}/environ`, "latin1")
      .split("\0")
      .map((entry) => entry.split("=")[0]);
    const allowed = ["LD_LIBRARY_PATH", "MALLOC_ARENA_MAX", "PATH", "UV_THREADPOOL_SIZE", "VIPS_DISC_THRESHOLD", ""];
    expect(names.filter((name = "") => !allowed.includes(name))).toEqual([]);
    expect(readFileSync(`/proc/${pid}/cmdline`, "latin1")).toContain("--permission");
  });

  test("that does not start leaves the service running and shows", async () => {
    const root = await mkdtemp(path.join(tmpdir(), "images-"));
    await mkdir(path.join(root, "app/images"), { recursive: true });
    await mkdir(path.join(root, "node_modules"));
    const { pool, told, convert } = poolOf({ root });
    expect(await convert("image/png", small)).toEqual({ ok: false, reason: "busy" });
    expect(pool.state()).toBe("degraded");
    expect(told[0]?.message).toBe("image process does not start");
    expect(await poolOf().pool.check()).toBe(true);
  });
});

test("more pictures than may wait are refused at once, and the others are converted", async () => {
  const { pool, convert } = poolOf();
  let loaded = 0;
  const all = Array.from({ length: 12 }, () =>
    pool.convert("image/png", async () => {
      loaded += 1;
      return small;
    }),
  );
  expect(pool.state()).toBe("degraded");
  expect(loaded).toBeLessThanOrEqual(1);
  const results = await Promise.all(all);
  expect(results.map(({ ok }) => ok)).toEqual([...Array<boolean>(9).fill(true), false, false, false]);
  expect(results.at(-1)).toEqual({ ok: false, reason: "busy" });
  expect(pool.state()).toBe("ok");
  expect(await convert("image/png", small)).toMatchObject({ ok: true });
});

test("a picture that cannot be loaded takes no place away", async () => {
  const { pool, convert } = poolOf();
  await expect(pool.convert("image/png", () => Promise.reject(new Error("away")))).rejects.toThrow("away");
  expect(await convert("image/png", small)).toMatchObject({ ok: true });
});

test("a pool that closes refuses what waits and what is on its way", async () => {
  const { pool, convert } = poolOf();
  await convert("image/png", small);
  const first = onlyProcess();
  process.kill(first, "SIGSTOP");
  const underway = convert("image/png", small);
  const waits = convert("image/png", small);
  // Let it reach the process.
  await new Promise(setImmediate);
  await pool.close();
  expect(await Promise.all([underway, waits])).toEqual([1, 2].map(() => ({ ok: false, reason: "busy" })));
  expect(await convert("image/png", small)).toEqual({ ok: false, reason: "busy" });
});
