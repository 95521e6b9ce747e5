import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import {
  ParseOption,
  XmlBufferInputProvider,
  xmlCleanupInputProvider,
  XmlDocument,
  xmlRegisterInputProvider,
  XsdValidator,
} from "libxml2-wasm";

/** Whether data fit the published schema that they name; `unknown`: there is no such schema. */
export type Fit = "valid" | "invalid" | "unknown";

/** The published schemas: JSON by `$id`, XML by the namespace of the message. */
export type Schemas = {
  json: (schemaUri: string, value: unknown) => Fit;
  xml: (document: XmlDocument) => Fit;
};

const options =
  ParseOption.XML_PARSE_NONET |
  ParseOption.XML_PARSE_NO_XXE |
  ParseOption.XML_PARSE_HUGE |
  ParseOption.XML_PARSE_NOCDATA;

/** Reads an XML document; undefined if it is none, or has a document type. The caller disposes of it. */
export function parseXml(bytes: Uint8Array): XmlDocument | undefined {
  if (Buffer.from(bytes).includes("<!DOCTYPE")) return undefined;
  try {
    return XmlDocument.fromBuffer(bytes, { option: options });
  } catch {
    return undefined;
  }
}

async function loadJson(folder: string): Promise<Schemas["json"]> {
  const ajv = new Ajv2020({ strict: false, logger: false });
  addFormats(ajv);
  for (const name of await readdir(folder)) {
    if (!name.endsWith(".schema.json")) continue;
    ajv.addSchema(JSON.parse(await readFile(join(folder, name), "utf8")) as object);
  }
  return (schemaUri, value) => {
    const check = ajv.getSchema(schemaUri);
    if (!check) return "unknown";
    return check(value) === true ? "valid" : "invalid";
  };
}

/** The schemas of one standard: files that import each other, and one validator for each namespace of messages. */
async function loadXsd(folder: string): Promise<[namespace: string, validator: XsdValidator][]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".xsd"));
  const files = await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const));
  xmlRegisterInputProvider(new XmlBufferInputProvider(Object.fromEntries(files)));
  try {
    return files.flatMap(([name, bytes]) => {
      const text = bytes.toString("utf8");
      const [, namespace] = /targetNamespace="([^"]+)"/.exec(text) ?? [];
      if (namespace === undefined) return [];
      const document = XmlDocument.fromString(text, { url: name });
      try {
        return [[namespace, XsdValidator.fromDoc(document)]];
      } finally {
        document.dispose();
      }
    });
  } finally {
    xmlCleanupInputProvider();
  }
}

/** Reads the folder of published schemas, and the XSD files in the folders below it. */
export async function loadSchemas(folder: string): Promise<Schemas> {
  const json = await loadJson(folder);
  const entries = await readdir(folder, { withFileTypes: true });
  const validators = new Map<string, XsdValidator>();
  for (const entry of entries) {
    if (!entry.isDirectory()) continue;
    for (const [namespace, validator] of await loadXsd(join(folder, entry.name))) validators.set(namespace, validator);
  }
  return {
    json,
    xml: (document) => {
      const validator = validators.get(document.root.namespaceUri);
      if (!validator) return "unknown";
      try {
        validator.validate(document);
        return "valid";
      } catch {
        return "invalid";
      }
    },
  };
}
