import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import Ajv2020, { type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { xmlSchemasIn, type XmlSchema } from "./xmlSchemas.ts";

const MOST_VIOLATIONS = 5;

/** A JSON Schema of the folder and its compiled check. */
export type KnownSchema = {
  document: Record<string, unknown>;
  /** Places and rules that a value breaks, without the value itself; empty when it is valid. */
  violations: (value: unknown) => string[];
};

/** The data schemas that this Fachverfahren understands: for JSON by `$id`, for XML by their namespace. */
export type Schemas = {
  find: (schemaUri: string) => Promise<KnownSchema | undefined>;
  findXml: (schemaUri: string) => Promise<XmlSchema | undefined>;
};

function describe(check: ValidateFunction): string[] {
  const found = (check.errors ?? []).map((error) => `${error.instancePath || "/"}: ${error.keyword}`);
  return [...new Set(found)].slice(0, MOST_VIOLATIONS);
}

async function readDocuments(folder: string): Promise<Map<string, Record<string, unknown>>> {
  const documents = new Map<string, Record<string, unknown>>();
  for (const name of await readdir(folder)) {
    if (!name.endsWith(".schema.json")) continue;
    const document: unknown = JSON.parse(await readFile(join(folder, name), "utf8"));
    if (typeof document !== "object" || document === null || !("$id" in document)) continue;
    documents.set(String(document.$id), { ...document });
  }
  return documents;
}

/**
 * Reads all `*.schema.json` of a folder; looks again when an unknown schema is asked for. XML schemas lie in folders below.
 * @throws when a file is broken
 */
export async function loadSchemas(folder: string): Promise<Schemas> {
  let known = new Map<string, KnownSchema>();

  async function reload(): Promise<void> {
    const documents = await readDocuments(folder);
    const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false });
    addFormats(ajv);
    for (const document of documents.values()) ajv.addSchema(document);
    const next = new Map<string, KnownSchema>();
    for (const [id, document] of documents) {
      // Compiled when the first message of its kind comes: all of them together take seconds.
      next.set(id, {
        document,
        violations: (value) => {
          const check = ajv.getSchema(id) ?? ajv.compile(document);
          return check(value) === true ? [] : describe(check);
        },
      });
    }
    known = next;
  }

  await reload();
  return {
    async find(schemaUri) {
      if (!known.has(schemaUri)) await reload();
      return known.get(schemaUri);
    },
    findXml: xmlSchemasIn(folder),
  };
}
