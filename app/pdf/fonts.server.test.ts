import { setTimeout as pause } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { z } from "zod";
import { fontsFor } from "./fonts.server.ts";

const MEGABYTE = 1024 * 1024;
const LETTERS = "abcdefghijklmnopqrstuvwxyzабвгґдеєжзиіїйклмнопрстуфхцчшщьюя0123456789";

test("fonts of documents that are done take no memory", async () => {
  setFlagsFromString("--expose-gc");
  const collect = z.custom<() => void>((value) => typeof value === "function").parse(runInNewContext("gc"));
  const characters = { regular: new Set(LETTERS), bold: new Set(LETTERS) };
  const heldAfter = async (documents: number) => {
    for (let count = 1; count <= documents; count += 1) {
      await fontsFor(characters);
      if (count % 10 > 0) continue;
      collect();
      // What is given back is given back in a later turn.
      await pause(10);
    }
    return process.memoryUsage().external;
  };
  const before = await heldAfter(20);
  expect((await heldAfter(60)) - before).toBeLessThan(MEGABYTE);
});
