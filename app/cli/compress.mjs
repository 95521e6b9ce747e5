// @ts-check
import { readFile, writeFile } from "node:fs/promises";
import { extname } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { filesBelow } from "./stamp.mjs";

/** Kinds of files that shrink; images and woff2 fonts are compressed already. */
const SHRINKS = new Set([
  ".js",
  ".mjs",
  ".css",
  ".svg",
  ".json",
  ".txt",
  ".html",
  ".xml",
  ".webmanifest",
  ".wasm",
  ".ttf",
]);

/** Below this size, in bytes, the headers cost more than the compression saves. */
const WORTH_IT = 512;

/**
 * Writes a `.br` and a `.gz` twin beside every asset that shrinks, at the best quality: it happens once per build.
 * @param {string} folder
 * @returns {Promise<void>}
 */
export async function compressAssets(folder) {
  for (const file of filesBelow(folder)) {
    if (!SHRINKS.has(extname(file))) continue;
    const content = await readFile(file);
    if (content.length < WORTH_IT) continue;
    const quality = {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
    };
    await writeFile(`${file}.br`, await promisify(brotliCompress)(content, quality));
    await writeFile(`${file}.gz`, await promisify(gzip)(content, { level: 9 }));
  }
}
