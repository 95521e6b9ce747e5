import { z } from "zod";
import type { Facts } from "#flows/engine/facts.ts";
import { parseMrz, type Mrz } from "#flows/mrz/parse.ts";
import { passportLines } from "#flows/provenance/passportLines.ts";
import { isSpelled } from "#flows/quality/spelling.ts";

/** What can be said about the data of an application; the words are `services:quality.<code>`. */
export const qualityCodes = [
  "birthUnknown",
  "noPassport",
  "mrzDiffers",
  "mrzNameCut",
  "nameTransliterated",
  "birthPartlyKnown",
  "nameLong",
  "numberForm",
  "addressNotRegistered",
  "mrzAgrees",
  "originalName",
] as const;
type QualityCode = (typeof qualityCodes)[number];
/** Findings on the data, each with the field that it is about: fine, to be looked at again, or not there. */
export const qualitySchema = z.array(
  z.strictObject({
    code: z.enum(qualityCodes),
    field: z.string().optional(),
    level: z.enum(["good", "check", "missing"]),
  }),
);
type Quality = z.infer<typeof qualitySchema>[number];

type Values = Readonly<Record<string, unknown>>;

/** The card has two lines of about 30 letters for the name (domain 2.1). */
const LONGEST_NAME = 60;

const textOf = (answers: Values, name: string): string => {
  const value = answers[name];
  return typeof value === "string" ? value : "";
};
const check = (code: QualityCode, field: string): Quality => ({ code, field, level: "check" });

/** Of partly known dates one may say more than the other. */
function isSameDate(one: string, other: string): boolean {
  return one.startsWith(other) || other.startsWith(one);
}

/** Names as typed beside those of the lines; holders of a single name may have typed it as either. */
function differentNames({ familyName, givenNames, isNameCut }: Mrz, answers: Values): string[] {
  if (isNameCut) return [];
  const [family, given] = [textOf(answers, "familyName"), textOf(answers, "givenNames")];
  if (familyName !== undefined && givenNames !== undefined) {
    const pairs = [
      ["familyName", family, familyName],
      ["givenNames", given, givenNames],
    ] as const;
    return pairs.flatMap(([field, typed, zone]) => (isSpelled(typed, zone) ? [] : [field]));
  }
  const only = familyName ?? givenNames ?? "";
  return isSpelled(`${family} ${given}`.trim(), only) ? [] : [family === "" ? "givenNames" : "familyName"];
}

/** Fields in which the answers differ from the passport lines. */
function differences(mrz: Mrz, answers: Values, today: string): string[] {
  const { familyName: _family, givenNames: _given, docType: _kind, ...rest } = passportLines(answers, today);
  const others = Object.entries(rest).flatMap(([field, value]) => {
    const typed = answers[field];
    if (typed === undefined) return [];
    const isSame = field === "dateOfBirth" ? isSameDate(String(typed), String(value)) : typed === value;
    return isSame ? [] : [field];
  });
  const { nationalities } = answers;
  // Codes of the zone for refugees and organisations are no nationality that anybody could choose.
  const isNationality = /^(?!X[BCEMOP]|UN)/.test(mrz.nationality);
  const isForeign = isNationality && Array.isArray(nationalities) && !nationalities.includes(mrz.nationality);
  return [...differentNames(mrz, answers), ...others, ...(isForeign ? ["nationalities"] : [])];
}

function aboutLines(answers: Values, today: string): Quality[] {
  const lines = textOf(answers, "mrz");
  const read = lines === "" ? undefined : parseMrz(lines, today);
  if (!read?.ok) return [];
  const fields = differences(read.mrz, answers, today);
  if (fields.length > 0) return fields.map((field) => check("mrzDiffers", field));
  return read.mrz.isNameCut ? [check("mrzNameCut", "familyName")] : [{ code: "mrzAgrees", level: "good" }];
}

function aboutPerson(answers: Values): Quality[] {
  const names = [textOf(answers, "familyName"), textOf(answers, "givenNames")].filter(Boolean).join(" ");
  const birth = textOf(answers, "dateOfBirth");
  const original = ["familyNameOriginal", "givenNamesOriginal"].find((field) => textOf(answers, field) !== "");
  return [
    ...(answers["dateOfBirthUnknown"] === true
      ? [{ code: "birthUnknown", field: "dateOfBirth", level: "missing" } as const]
      : []),
    ...(birth !== "" && birth.length < 10 ? [check("birthPartlyKnown", "dateOfBirth")] : []),
    ...(answers["latinDocument"] === false ? [check("nameTransliterated", "familyName")] : []),
    ...(names.length > LONGEST_NAME ? [check("nameLong", "familyName")] : []),
    ...(original === undefined ? [] : [{ code: "originalName", field: original, level: "good" } as const]),
  ];
}

/** Numbers of passports have at most nine signs in the zone (ICAO 9303 part 4), and digits among them. */
function aboutPapers(answers: Values): Quality[] {
  const number = textOf(answers, "number");
  const isUnusual = answers["docType"] === "passport" && number !== "" && !/^(?=.*\d)[A-Z0-9]{6,9}$/.test(number);
  return [
    ...["docType", "identityDocType"].flatMap((field) =>
      answers[field] === "none" ? [{ code: "noPassport", field, level: "missing" } as const] : [],
    ),
    ...(isUnusual ? [check("numberForm", "number")] : []),
    ...(answers["registered"] === false ? [check("addressNotRegistered", "registered")] : []),
  ];
}

/**
 * A short report on the data of an application, for the applicant before filing and for the authority: what is missing
 * first, then what to look at again, then what is fine. It judges the data, never the application.
 */
export function qualityOf({ answers, today }: Pick<Facts, "answers" | "today">): Quality[] {
  const all = [...aboutLines(answers, today), ...aboutPerson(answers), ...aboutPapers(answers)];
  return all.toSorted((a, b) => qualityCodes.indexOf(a.code) - qualityCodes.indexOf(b.code));
}
