import { setImmediate } from "node:timers/promises";
import { isElsewhere } from "#app/competence.server.ts";
import type { Authority } from "#app/config/authority.ts";
import { settingsOf } from "#app/config/settings.ts";
import type { App } from "#app/context.server.ts";
import { fileFamily } from "#app/import/family.server.ts";
import { readImport } from "#app/import/read.ts";
import { holderOf, MOST_MEMBERS } from "#app/store/holder.server.ts";
import { formatAccessCode } from "#app/store/access-code.ts";
import { findCase } from "#app/store/cases.server.ts";
import type { Facts, Setting } from "#flows/engine/facts.ts";
import { columnsFor } from "#flows/import/columns.ts";
import { checkFamilies, type Family } from "#flows/import/families.ts";
import type { FileProblem, Problem } from "#flows/import/problems.ts";
import { lawInForce } from "#flows/law/law.ts";

/** What became of a person of the file. */
export type PersonResult = { row: number; name: string; reference?: string };

/** What became of a family. */
export type FamilyResult = {
  id: string;
  /** `before`: filed by an earlier file, or earlier in this one. */
  state: "filed" | "before" | "stopped";
  persons: readonly PersonResult[];
  problems: readonly Problem[];
  /** Of those filed now: opens their applications, and stands nowhere but here. */
  accessCode?: string;
};

/** What became of a whole file. */
export type ImportReport =
  { ok: false; problem: FileProblem } | { ok: true; families: readonly FamilyResult[]; counts: Counts };

/** Persons by what became of them, and rows with something wrong. */
export type Counts = { persons: number; filed: number; before: number; stopped: number; wrong: number };

/** A file for an authority, by somebody who may file for it. */
export type ImportOrder = {
  authority: Authority;
  bytes: Uint8Array;
  /** The access code of a family; the same one again for a file that is sent a second time because its report was lost. */
  codeFor: (family: Pick<Family, "said">) => Uint8Array;
  /** Told of every family; of one that is filed before that counts, so that its code cannot get lost. */
  tell?: (result: FamilyResult) => void;
};

function settingOf(app: App, authority: Authority): Setting {
  const today = app.today();
  const settings = { ...settingsOf(authority, "de"), helped: true };
  return { today, law: lawInForce(app.lawRows, today), settings };
}

/** Persons in the order of filing with their references. */
function personsOf({ applicants }: Family, references: readonly string[]): PersonResult[] {
  return applicants.map(({ row, name }, index) => {
    const reference = references[index];
    return { row, name, ...(reference === undefined ? {} : { reference }) };
  });
}

async function resultOf(app: App, order: ImportOrder, setting: Setting, family: Family): Promise<FamilyResult> {
  const { id, problems, rows } = family;
  const told = (result: FamilyResult) => {
    order.tell?.(result);
    return result;
  };
  if (problems.length > 0) return told({ id, state: "stopped", persons: rows, problems });
  const code = order.codeFor(family);
  const filedAs = (references: readonly string[]): FamilyResult => ({
    id,
    state: "filed",
    persons: personsOf(family, references),
    problems,
    accessCode: formatAccessCode(code),
  });
  try {
    const { isNew, references } = await fileFamily(
      app,
      { authority: order.authority, setting },
      family,
      code,
      (early) => told(filedAs(early)),
    );
    if (isNew) return filedAs(references);
    const before: FamilyResult = { id, state: "before", persons: personsOf(family, references), problems };
    const isOurs = (await findCase(app.database.db, holderOf(code), app.now())) !== undefined;
    return told(isOurs ? { ...before, accessCode: formatAccessCode(code) } : before);
  } catch (error) {
    app.log.error({ code: error instanceof Error ? error.name : "unknown" }, "import");
    const failed = rows.slice(0, 1).map(({ row, name }): Problem => ({ row, person: name, code: "failed" }));
    return told({ id, state: "stopped", persons: rows, problems: failed });
  }
}

function countsOf(families: readonly FamilyResult[]): Counts {
  const persons = (state?: FamilyResult["state"]) =>
    families.filter((family) => state === undefined || family.state === state).flatMap((family) => family.persons)
      .length;
  const wrong = new Set(families.flatMap(({ problems }) => problems.map(({ row }) => row))).size;
  return { persons: persons(), filed: persons("filed"), before: persons("before"), stopped: persons("stopped"), wrong };
}

/** Reads a file, files every family of it that is complete, and says of each what became of it. */
export async function importFile(app: App, order: ImportOrder): Promise<ImportReport> {
  const setting = settingOf(app, order.authority);
  const columns = columnsFor(setting.settings);
  const read = readImport(order.bytes, columns, setting.settings);
  if (!read.ok) return read;
  const checking = {
    columns,
    setting,
    isElsewhere: (answers: Facts["answers"]) => isElsewhere({ app }, order.authority, answers),
    mostPersons: MOST_MEMBERS,
  };
  const families: FamilyResult[] = [];
  for (const family of checkFamilies(read.rows, checking)) {
    families.push(await resultOf(app, order, setting, family));
    // Whoever asks for a page meanwhile waits for one family at most.
    await setImmediate();
  }
  return { ok: true, families, counts: countsOf(families) };
}
