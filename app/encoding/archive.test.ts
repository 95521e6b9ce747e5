import { randomBytes } from "node:crypto";
import { unzipSync } from "fflate";
import fc from "fast-check";
import { expect, test } from "vitest";
import { archiveOf, archiveSize, packageId } from "#app/encoding/archive.ts";

const sized = fc.array(
  fc.record({ name: fc.uuid().map((id) => `${id}.pdf`), size: fc.integer({ max: 5_000, min: 0 }) }),
  {
    maxLength: 12,
  },
);
const unique = sized.map((files) => [...new Map(files.map((file) => [file.name, file])).values()]);

test("the size that is announced is that of the archive, which holds every file as it is", () => {
  fc.assert(
    fc.property(unique, (files) => {
      const filled = files.map(({ name, size }) => ({ name, bytes: new Uint8Array(randomBytes(size)) }));
      const archive = archiveOf(filled);
      expect(archive.length).toBe(archiveSize(files));
      const held = unzipSync(archive);
      expect(Object.keys(held).toSorted()).toEqual(files.map(({ name }) => name).toSorted());
      for (const { name, bytes } of filled) expect(held[name]).toEqual(bytes);
    }),
    { numRuns: 60 },
  );
});

test("the same files give the same bytes in any time zone", () => {
  const files = [{ name: "a.pdf", bytes: randomBytes(100) }];
  const zone = process.env["TZ"];
  const inZone = (name: string) => {
    process.env["TZ"] = name;
    return Buffer.from(archiveOf(files)).toString("hex");
  };
  const archives = ["Europe/Berlin", "America/Los_Angeles", "Pacific/Kiritimati"].map(inZone);
  if (zone === undefined) delete process.env["TZ"];
  else process.env["TZ"] = zone;
  expect(new Set(archives).size).toBe(1);
});

test("a package has the same UUID whenever it is made, and no other has it", () => {
  const message = "3d8a7f66-6b2c-4f3e-9d53-0c2f6f5d9e11";
  expect(packageId(message, 1)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(packageId(message, 1)).toBe(packageId(message, 1));
  const ids = [1, 2, 3].flatMap((number) => [
    packageId(message, number),
    packageId(message.replace("3d", "4d"), number),
  ]);
  expect(new Set(ids).size).toBe(6);
});
