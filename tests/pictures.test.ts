import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { fillIn, p1, referenceOf } from "./support/applicant.ts";
import { personaFile } from "./support/persona.ts";
import { hollowPhoto, phonePhoto } from "./support/pictures.ts";
import { errorsOf } from "./support/plainBrowser.ts";
import { walkTo } from "./support/plainJourney.ts";
import { startStack, type Stack } from "./support/service.ts";
import { until } from "./support/until.ts";

const MINUTE = 60_000;
const hash = (bytes: Uint8Array) => createHash("sha512").update(bytes).digest("hex");
const described = z.object({ mimeType: z.string(), size: z.number(), sha512: z.string() });
const delivered = z.object({
  evidence: z.array(
    z.object({
      code: z.string(),
      files: z.array(
        described.extend({ attachmentId: z.string(), filename: z.string(), original: described.optional() }),
      ),
    }),
  ),
});

let stack: Stack;
let folder: string;
const isAccepted = (events: readonly string[]) => events.includes("accepted");

beforeAll(async () => {
  stack = await startStack();
  folder = mkdtempSync(join(tmpdir(), "pictures-"));
}, 2 * MINUTE);
afterAll(async () => {
  await stack.stop();
  rmSync(folder, { recursive: true, force: true });
});

const fromFachverfahren = async (path: string) => fetch(`${stack.fachverfahren}${path}`);

test(
  "photos reach the authority without hidden data, with the hashes of what was handed in and of what is sent",
  async () => {
    const photo = await phonePhoto(1200, 900);
    writeFileSync(join(folder, "IMG_0001.JPG"), photo);
    const uploads = new Map([...p1.uploads, ["PASS", [join(folder, "IMG_0001.JPG"), personaFile("photo.heic")]]]);
    const applicant = await fillIn(stack.url, { ...p1, uploads });
    const receipt = await applicant.submit();
    await until(applicant.events, isAccepted, MINUTE);

    const list: unknown = await (await fromFachverfahren("/api/applications")).json();
    const all = z.array(z.object({ messageId: z.string(), reference: z.string() })).parse(list);
    const messageId = all.find(({ reference }) => reference === referenceOf(receipt))?.messageId ?? "";
    const payload = delivered.parse(await (await fromFachverfahren(`/api/applications/${messageId}`)).json());
    const files = payload.evidence.find(({ code }) => code === "PASS")?.files ?? [];
    expect(files).toMatchObject([
      { filename: "PASS-1.jpg", mimeType: "image/jpeg", original: { mimeType: "image/jpeg", sha512: hash(photo) } },
      { filename: "PASS-2.jpg", mimeType: "image/jpeg", original: { mimeType: "image/heic" } },
    ]);
    for (const { attachmentId, size, sha512, original } of files) {
      const answer = await fromFachverfahren(`/applications/${messageId}/attachments/${attachmentId}`);
      const bytes = new Uint8Array(await answer.arrayBuffer());
      expect({ size: bytes.length, sha512: hash(bytes) }).toEqual({ size, sha512 });
      const metadata = await sharp(bytes).metadata();
      for (const hidden of ["exif", "icc", "xmp", "orientation"]) expect(metadata).not.toHaveProperty(hidden);
      expect(Buffer.from(bytes).includes("Musterkamera")).toBe(false);
      for (const shown of [sha512, original?.sha512]) expect(receipt.text).toContain(shown?.slice(0, 24));
    }
  },
  3 * MINUTE,
);

test(
  "a picture that cannot be opened is refused in plain words, and the file beside it stays",
  async () => {
    const { browser, page } = await walkTo(stack.url, p1, "evidence");
    const broken = { name: "broken.jpg", bytes: await hollowPhoto() };
    const good = { name: "good.heic", bytes: readFileSync(personaFile("photo.heic")) };
    const answer = await browser.submit(page, { files: { "PASS.files": [broken, good] } });
    expect(answer.status).toBe(422);
    const texts = errorsOf(answer).map(({ text }) => text);
    expect(texts.some((text) => text.startsWith("broken.jpg: Diese Datei ist beschädigt."))).toBe(true);
    expect(answer.text).toContain("good.heic");
    expect(await (await fetch(`${stack.url}/health`)).json()).toMatchObject({ images: "ok" });
  },
  2 * MINUTE,
);
