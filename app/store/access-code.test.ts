import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  canonical,
  formatAccessCode,
  formatJoinCode,
  formatReference,
  formatTicket,
  JOIN_BYTES,
  parseAccessCode,
  parseJoinCode,
  parseReference,
  parseTicket,
  TICKET_BYTES,
} from "#app/store/access-code.ts";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const secret = fc.uint8Array({ minLength: 16, maxLength: 16 });
const sample = formatAccessCode(Uint8Array.from({ length: 16 }, (_, index) => index * 15 + 3));

describe("access code", () => {
  test("every secret comes back from its code", () => {
    fc.assert(
      fc.property(secret, (bytes) => {
        const code = formatAccessCode(bytes);
        expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/);
        expect(parseAccessCode(code)).toEqual({ ok: true, secret: Uint8Array.from(bytes) });
      }),
    );
  });

  test("every single wrong character is noticed, the check characters included", () => {
    const plain = canonical(sample);
    for (let at = 0; at < plain.length; at += 1) {
      for (const wrong of ALPHABET.replace(plain.charAt(at), "")) {
        const typed = plain.slice(0, at) + wrong + plain.slice(at + 1);
        expect(parseAccessCode(typed), typed).toEqual({ ok: false, reason: "mistyped" });
      }
    }
  });

  test("every swap of two different neighbours is noticed", () => {
    fc.assert(
      fc.property(secret, (bytes) => {
        const plain = canonical(formatAccessCode(bytes));
        for (let at = 0; at + 1 < plain.length; at += 1) {
          const [left = "", right = ""] = plain.slice(at, at + 2);
          if (left === right) continue;
          const typed = plain.slice(0, at) + right + left + plain.slice(at + 2);
          expect(parseAccessCode(typed), typed).toEqual({ ok: false, reason: "mistyped" });
        }
      }),
    );
  });

  test("a missing or additional character is told as a wrong length", () => {
    expect(parseAccessCode(sample.slice(0, -1))).toEqual({ ok: false, reason: "length" });
    expect(parseAccessCode(`${sample}0`)).toEqual({ ok: false, reason: "length" });
    expect(parseAccessCode("")).toEqual({ ok: false, reason: "length" });
  });

  test.each([
    ["lower case", sample.toLowerCase()],
    ["no separators", sample.replaceAll("-", "")],
    ["spaces, tabs and line ends from a paste", `  ${sample.replaceAll("-", " \t")}\r\n`],
    ["long dashes and invisible characters", `\u200e${sample.replaceAll("-", "\u2013")}\u200b`],
    ["full-width characters of an Asian keyboard", wide(sample)],
    ["Arabic-Indic digits", sample.replace(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit)))],
  ])("is understood with %s", (_case, typed) => {
    expect(parseAccessCode(typed)).toEqual(parseAccessCode(sample));
  });

  test("letters that look like others are read as these", () => {
    const code = formatAccessCode(new Uint8Array(16));
    expect(code).toMatch(/^0000-/);
    expect(parseAccessCode(code.replaceAll("0", "O"))).toEqual(parseAccessCode(code));
    expect(canonical("oOiIlLuU")).toBe("001111VV");
  });
});

function wide(text: string): string {
  return text.replace(/[0-9A-Z]/g, (char) => String.fromCodePoint(char.charCodeAt(0) + 0xfee0));
}

describe("reference", () => {
  test("is found again however it is typed", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 7, maxLength: 7 }), (bytes) => {
        const reference = formatReference(bytes);
        expect(reference).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}$/);
        expect(parseReference(` ${reference.toLowerCase().replaceAll("-", " ")} `)).toBe(reference);
      }),
    );
  });

  test("with any single wrong character is none, the check characters included", () => {
    const plain = canonical(formatReference(Uint8Array.from([201, 7, 88, 4, 150, 61, 9])));
    for (let at = 0; at < plain.length; at += 1) {
      for (const wrong of ALPHABET.replace(plain.charAt(at), ""))
        expect(parseReference(plain.slice(0, at) + wrong + plain.slice(at + 1))).toBeUndefined();
    }
  });

  test("a wrong one is none", () => {
    const reference = formatReference(Uint8Array.from([1, 2, 3, 4, 5, 6, 7]));
    expect(parseReference(`${reference.slice(0, -1)}${reference.endsWith("0") ? "1" : "0"}`)).toBeUndefined();
    expect(parseReference(reference.slice(1))).toBeUndefined();
    expect(parseReference("")).toBeUndefined();
  });
});

test("the code of an invitation comes back, in 5 groups, and is never an access code", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: JOIN_BYTES, maxLength: JOIN_BYTES }), (bytes) => {
      const code = formatJoinCode(bytes);
      expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}$/);
      expect(parseJoinCode(code.toLowerCase())).toEqual({ ok: true, secret: Uint8Array.from(bytes) });
      expect(parseAccessCode(code)).toEqual({ ok: false, reason: "length" });
    }),
  );
  expect(parseJoinCode(sample)).toEqual({ ok: false, reason: "length" });
  const wrong = formatJoinCode(new Uint8Array(JOIN_BYTES)).replace(/^0/, "1");
  expect(parseJoinCode(wrong)).toEqual({ ok: false, reason: "mistyped" });
});

test("a ticket is two groups that tolerate what the access code does, and is none of the other codes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: TICKET_BYTES, maxLength: TICKET_BYTES }), (bytes) => {
      const ticket = formatTicket(bytes);
      expect(ticket).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
      const typed = ticket.toLowerCase().replaceAll("0", "o").replaceAll("1", "l").replace("-", " ");
      expect(parseTicket(typed)).toEqual({ ok: true, secret: Uint8Array.from(bytes) });
      for (const parse of [parseAccessCode, parseJoinCode]) expect(parse(ticket).ok).toBe(false);
      expect(parseReference(ticket)).toBeUndefined();
    }),
  );
});
