import { stateIds } from "#flows/delivery/codes.ts";
import type { IsoDate } from "#flows/engine/dates.ts";
import { parseMrz, type Mrz } from "#flows/mrz/parse.ts";

type Values = Readonly<Record<string, unknown>>;

/** Passports and identity cards; visas and residence cards have numbers of their own, which are asked elsewhere. */
function isIdentityPaper({ documentCode }: Mrz): boolean {
  return documentCode.startsWith("P") || (documentCode.startsWith("I") && documentCode !== "IR");
}

/**
 * The answer on the kind of paper. Of the second letters only those count whose meaning does not differ between states:
 * China, for one, has `PO` in ordinary passports.
 */
function docTypeOf({ documentCode }: Mrz): string | undefined {
  if (documentCode === "P" || documentCode === "PP") return "passport";
  if (documentCode === "PD") return "officialPassport";
  return documentCode.startsWith("I") ? "idCard" : undefined;
}

function paperValues(mrz: Mrz, chosen: unknown): Values {
  if (!isIdentityPaper(mrz)) return {};
  const { issuingState, number, validUntil } = mrz;
  const docType = docTypeOf(mrz);
  // Whoever chose another kind of paper has another number.
  if (chosen !== undefined && docType !== undefined && chosen !== docType) return {};
  const isKnown = stateIds({ historic: false }).includes(issuingState);
  return { docType, number, validUntil, ...(isKnown ? { issuingState } : {}) };
}

/** Values of later fields as the machine-readable lines say them; what they do not say, or only in part, stays out. */
function valuesOf(mrz: Mrz, answers: Values): Values {
  const { familyName, givenNames, isNameCut, dateOfBirth, sex } = mrz;
  const values = {
    ...(isNameCut ? {} : { familyName, givenNames }),
    dateOfBirth,
    // "x" stands for every answer but these two.
    ...(sex === "x" ? {} : { sex }),
    ...paperValues(mrz, answers["docType"]),
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** What the passport lines among the answers say of later fields; nothing if there are none, or wrong ones. */
export function passportLines(answers: Values, today: IsoDate): Values {
  const { mrz } = answers;
  const read = typeof mrz === "string" ? parseMrz(mrz, today) : undefined;
  return read?.ok ? valuesOf(read.mrz, answers) : {};
}
