import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { localeUrl, sourceOf, type Texts } from "#app/cli/locales/texts.ts";

/** Who stands for a translation: written without a speaker's review, or read by one. */
const states = ["machine", "reviewed"] as const;
export type TranslationState = (typeof states)[number];

const entry = z.string().regex(/^(machine|reviewed) [0-9a-f]{8}$/);
const stateFile = z.record(z.string(), entry);

/** Per key: state, and hash of the German text that was translated. */
export type States = Readonly<Record<string, string>>;

const fileOf = (language: string) => localeUrl(`${language}.state.json`);
const hashOf = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 8);

/** Reads the states of a language; none if nothing was recorded yet. */
export function statesOf(language: string): States {
  const file = fileOf(language);
  return existsSync(file) ? stateFile.parse(JSON.parse(readFileSync(file, "utf8"))) : {};
}

/** What the states of a language say: keys by state, and keys whose German text changed since. */
export type Staleness = { machine: number; reviewed: number; stale: readonly string[]; unrecorded: readonly string[] };

/** Compares the recorded hashes with the German texts of today. */
export function stalenessOf(texts: Texts, german: Texts, recorded: States): Staleness {
  const keys = [...texts.keys()].filter((key) => sourceOf(key, german) !== undefined);
  const known = keys.filter((key) => recorded[key] !== undefined);
  const isStale = (key: string) => recorded[key]?.split(" ")[1] !== hashOf(sourceOf(key, german) ?? "");
  const inState = (state: TranslationState) => known.filter((key) => recorded[key]?.startsWith(state)).length;
  return {
    machine: inState("machine"),
    reviewed: inState("reviewed"),
    stale: known.filter(isStale),
    unrecorded: keys.filter((key) => recorded[key] === undefined),
  };
}

/**
 * Records that translations fit the German texts of today. A new or stale one gets `state`; one that still fits keeps its
 * own, so that a review is not lost by a later run.
 */
export function accepted(texts: Texts, german: Texts, recorded: States, state: TranslationState): States {
  const entries = [...texts.keys()].flatMap((key) => {
    const source = sourceOf(key, german);
    if (source === undefined) return [];
    const hash = hashOf(source);
    const kept = recorded[key]?.endsWith(hash) && state === "machine" ? recorded[key] : `${state} ${hash}`;
    return [[key, kept] as const];
  });
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Writes the states of a language. */
export function writeStates(language: string, recorded: States): void {
  writeFileSync(fileOf(language), `${JSON.stringify(recorded, null, 2)}\n`);
}
