/** A part of the zone: line, first sign and the sign after the last, all counted from 0. */
export type Span = readonly [line: number, from: number, to: number];

/** The formats of ICAO 9303: cards (parts 5 and 6), passports (part 4) and visas (part 7). */
export type MrzFormat = "TD1" | "TD2" | "TD3" | "MRV-A" | "MRV-B";

/** Where a format has its fields. */
export type Layout = {
  format: MrzFormat;
  lines: number;
  width: number;
  documentCode: Span;
  issuingState: Span;
  names: Span;
  number: Span;
  numberCheck: Span;
  nationality: Span;
  dateOfBirth: Span;
  birthCheck: Span;
  sex: Span;
  validUntil: Span;
  expiryCheck: Span;
  /** Signs that the issuing state may use as it likes. */
  optional: readonly Span[];
  optionalCheck?: Span;
  /** True where a number of more than nine signs goes on in the optional signs. */
  hasLongNumbers: boolean;
  /** The check digit over all others and what it covers; visas have none. */
  composite?: { at: Span; over: readonly Span[] };
};

const secondLine = {
  lines: 2,
  documentCode: [0, 0, 2],
  issuingState: [0, 2, 5],
  number: [1, 0, 9],
  numberCheck: [1, 9, 10],
  nationality: [1, 10, 13],
  dateOfBirth: [1, 13, 19],
  birthCheck: [1, 19, 20],
  sex: [1, 20, 21],
  validUntil: [1, 21, 27],
  expiryCheck: [1, 27, 28],
} as const;

/** The fields of each format by position. */
export const layouts: Readonly<Record<MrzFormat, Layout>> = {
  TD1: {
    format: "TD1",
    lines: 3,
    width: 30,
    documentCode: [0, 0, 2],
    issuingState: [0, 2, 5],
    number: [0, 5, 14],
    numberCheck: [0, 14, 15],
    dateOfBirth: [1, 0, 6],
    birthCheck: [1, 6, 7],
    sex: [1, 7, 8],
    validUntil: [1, 8, 14],
    expiryCheck: [1, 14, 15],
    nationality: [1, 15, 18],
    names: [2, 0, 30],
    optional: [
      [0, 15, 30],
      [1, 18, 29],
    ],
    hasLongNumbers: true,
    composite: {
      at: [1, 29, 30],
      over: [
        [0, 5, 30],
        [1, 0, 7],
        [1, 8, 15],
        [1, 18, 29],
      ],
    },
  },
  TD2: {
    ...secondLine,
    format: "TD2",
    width: 36,
    names: [0, 5, 36],
    optional: [[1, 28, 35]],
    hasLongNumbers: true,
    composite: {
      at: [1, 35, 36],
      over: [
        [1, 0, 10],
        [1, 13, 20],
        [1, 21, 35],
      ],
    },
  },
  TD3: {
    ...secondLine,
    format: "TD3",
    width: 44,
    names: [0, 5, 44],
    optional: [[1, 28, 42]],
    optionalCheck: [1, 42, 43],
    hasLongNumbers: false,
    composite: {
      at: [1, 43, 44],
      over: [
        [1, 0, 10],
        [1, 13, 20],
        [1, 21, 43],
      ],
    },
  },
  "MRV-A": {
    ...secondLine,
    format: "MRV-A",
    width: 44,
    names: [0, 5, 44],
    optional: [[1, 28, 44]],
    hasLongNumbers: false,
  },
  "MRV-B": {
    ...secondLine,
    format: "MRV-B",
    width: 36,
    names: [0, 5, 36],
    optional: [[1, 28, 36]],
    hasLongNumbers: false,
  },
};
