import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { issue, makePair, type Issued } from "./certificates.testing.ts";
import { loadRoots } from "./roots.server.ts";

let folder: string;
let root: Issued;
let other: Issued;
let leaf: Issued;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "roots-"));
  const pair = await makePair(2048);
  const usage = ["keyCertSign"] as const;
  root = await issue({ name: "Wurzel 1", pair, ca: true, usage });
  other = await issue({ name: "Wurzel 2", pair, ca: true, usage });
  leaf = await issue({ name: "Behörde", pair, issuer: root });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function write(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

test("all certificates of a file are read, whatever stands between them", async () => {
  const path = await write("two.pem", `Wurzel 1\n${root.pem}\r\n# Wurzel 2\n${other.pem}`);
  expect(await loadRoots(path)).toEqual({ roots: [root.pem.trim(), other.pem.trim()] });
});

test("a folder is read with all its certificate files and nothing else", async () => {
  await mkdir(join(folder, "many"));
  await write("many/a.pem", root.pem);
  await write("many/b.CRT", other.pem);
  await write("many/README.txt", leaf.pem);
  const loaded = await loadRoots(join(folder, "many"));
  expect("roots" in loaded && [...loaded.roots].toSorted()).toEqual([root.pem.trim(), other.pem.trim()].toSorted());
});

test("what cannot be read, is empty, or holds something else is told", async () => {
  await mkdir(join(folder, "none"));
  const cases = [
    [join(folder, "missing.pem"), "cannot be read"],
    [join(folder, "none"), "holds no certificate"],
    [await write("empty.pem", ""), "holds no certificate"],
    [await write("binary.pem", root.der.toString("latin1")), "holds no certificate"],
    [await write("leaf.pem", root.pem + leaf.pem), "not one of a CA"],
    [await write("broken.pem", root.pem.replace("MII", "AII")), "not one of a CA"],
  ] as const;
  for (const [path, words] of cases) {
    expect(await loadRoots(path)).toEqual({ problem: expect.stringMatching(new RegExp(`^${path}.*${words}`)) });
  }
});
