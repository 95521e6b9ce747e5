import { familyBlocks } from "#tests/support/blocks/family.ts";
import {
  blockNames,
  columns,
  matrix,
  shared,
  type BlockName,
  type Mark,
  type Use,
} from "#tests/support/blocks/matrix.ts";
import { otherBlocks } from "#tests/support/blocks/other.ts";
import { permanentBlocks } from "#tests/support/blocks/permanent.ts";
import { protectionBlocks } from "#tests/support/blocks/protection.ts";
import { trainingBlocks } from "#tests/support/blocks/training.ts";
import { workBlocks } from "#tests/support/blocks/work.ts";

const uses: Readonly<Record<string, Use>> = {
  ...workBlocks,
  ...trainingBlocks,
  ...familyBlocks,
  ...protectionBlocks,
  ...permanentBlocks,
  ...otherBlocks,
};

/** A block as a service uses it: its mark, and the fields that fill it. */
type Block = { name: BlockName; mark: Mark; fields: readonly string[] };

/** The blocks of a service by domain 2.8, with the personas that prove them. */
export function blocksOf(service: string): Pick<Use, "personas" | "away"> & { blocks: readonly Block[] } {
  const use = uses[service];
  if (!use) throw new Error(`No row of the matrix for ${service}`);
  const { column, own, marks = {}, personas, away } = use;
  const blocks = blockNames.map((name) => {
    const mark = marks[name] ?? matrix[name][columns.indexOf(column)] ?? "–";
    return { name, mark, fields: own[name] ?? (mark === "–" ? [] : (shared[name] ?? [])) };
  });
  return { blocks, personas, away };
}
