/** Numbers that look random and are the same for the same seed: what was found once can be looked for again. */
export type Random = {
  /** From 0 to below 1. */
  next: () => number;
  /** A whole number from `least` to `most`, both included. */
  between: (least: number, most: number) => number;
  /** True with a probability from 0 to 1. */
  chance: (probability: number) => boolean;
  /** One of a list. @throws RangeError when it is empty */
  pick: <T>(list: readonly T[]) => T;
  /** The list in another order. */
  shuffled: <T>(list: readonly T[]) => T[];
  /** Numbers of their own for a part of the work: what the others draw does not change them. */
  branch: (number: number) => Random;
};

/** Numbers by the method "mulberry32", good enough to choose what breaks next. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    between,
    chance: (probability) => next() < probability,
    pick: (list) => {
      const [chosen] = list.slice(between(0, list.length - 1));
      if (chosen === undefined) throw new RangeError("nothing to pick from");
      return chosen;
    },
    shuffled: (list) =>
      list
        .map((entry) => ({ entry, rank: next() }))
        .toSorted((one, other) => one.rank - other.rank)
        .map(({ entry }) => entry),
    branch: (number) => randomFrom(Math.imul(seed ^ 0x9e3779b9, number + 1) ^ number),
  };
}
