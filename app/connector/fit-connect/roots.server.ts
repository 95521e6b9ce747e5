import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { parseCertificate } from "./certificate.server.ts";

const BLOCK = /-----BEGIN CERTIFICATE-----([\sA-Za-z0-9+/=]+)-----END CERTIFICATE-----/g;
const FILE = /\.(pem|crt|cer)$/i;

/** The pinned roots, each in PEM, or what is wrong with them in words for the operator. */
export type Roots = { roots: readonly string[] } | { problem: string };

/** Reads the pinned root certificates from a PEM file, or from all `.pem`, `.crt` and `.cer` files of a folder. */
export async function loadRoots(path: string): Promise<Roots> {
  let texts: string[];
  try {
    const files = (await stat(path)).isDirectory() ? await filesOf(path) : [path];
    texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
  } catch {
    return { problem: `${path} cannot be read. Name a PEM file or a folder of them.` };
  }
  const roots = texts.flatMap((text) => [...text.matchAll(BLOCK)].map(([block]) => block));
  if (roots.length === 0) return { problem: `${path} holds no certificate in PEM (-----BEGIN CERTIFICATE-----).` };
  const isOdd = roots.some((root) => !parseCertificate(derOf(root))?.isCa);
  if (isOdd) return { problem: `${path} holds a certificate that is not one of a CA with an RSA key.` };
  return { roots };
}

/** The bytes of one certificate in PEM. */
export function derOf(pem: string): Buffer {
  return Buffer.from(pem.replace(/-----[A-Z ]+-----/g, ""), "base64");
}

async function filesOf(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => FILE.test(name)).map((name) => join(folder, name));
}
