import type { Notes } from "#flows/delivery/xauslaender2611/notes.ts";
import type { Elements } from "#flows/delivery/xoev/content.ts";

/** An address in Germany as people type it: the number beside or behind the street. */
export type TypedAddress = {
  street: string;
  /** If it is not part of `street`. */
  number?: string | undefined;
  postalCode: string;
  city: string;
  /** Floor, building, flat: shown as typed. */
  suffix?: string | undefined;
  /** Whose name is at the door. */
  coName?: string | undefined;
};

/** A house number in the fields of XInneres: four digits, then four letters (one if it stands apart), then anything. */
function houseNumber(number: string): Elements {
  const [known = "", digits, letter] = /^(\d{1,4})(\p{L}{1,4}|\s+\p{L})?(?![\p{L}\d])/u.exec(number) ?? [];
  if (digits === undefined) return number === "" ? {} : { teilnummerDerHausnummer: number };
  const rest = number.slice(known.length).trim();
  return {
    hausnummer: digits,
    ...(letter === undefined ? {} : { hausnummerBuchstabeZusatzziffer: letter.trim() }),
    ...(rest === "" ? {} : { teilnummerDerHausnummer: rest }),
  };
}

/** Where a street ends, and a number such as "12 a", "12 - 14", "4/ 12b" or "5, Hinterhaus"; "17. Juni" is none. */
const parts =
  /^(?:(.*?[\p{Ll}.])|(.+?)[\s,]+)(\d{1,4}(?:\s?\p{L})?(?![\p{L}\d.])(?:\s*[-–/+]\s*[\p{L}\d]{1,4})*(?:,\s*\p{L}.*|\s+\p{L}\D*)?)$/u;

/** Street and number of a line such as "Am Markt 12 a"; the number is empty if the line has none. */
function parted(line: string): { street: string; number: string } {
  const [, close, apart, number = ""] = parts.exec(line.trim()) ?? [];
  return { street: close ?? apart ?? line.trim(), number };
}

/**
 * A typed address in the fields of XInneres (`PostalischeInlandsanschrift`, post address 5): nobody is asked to split it. What
 * does not fit a field goes into `zusatzangaben` as it was typed.
 */
export function germanAddress(
  notes: Notes,
  { street, number, postalCode, city, suffix, coName }: TypedAddress,
): Elements {
  const split = number === undefined ? parted(street) : { street: street.trim(), number: number.trim() };
  const plain = (text: string) => notes.plain("anschrift", text);
  const isCode = /^\d{5}$/.test(postalCode);
  const more = [...(suffix === undefined ? [] : [suffix]), ...(isCode ? [] : [postalCode])];
  const house = houseNumber(plain(split.number));
  return {
    ...house,
    postleitzahl: isCode ? postalCode : "",
    strasse: plain(split.street),
    wohnort: plain(city),
    ...(coName === undefined ? {} : { wohnungsinhaber: plain(coName) }),
    ...(more.length === 0 ? {} : { zusatzangaben: plain(more.join(", ")) }),
  };
}
