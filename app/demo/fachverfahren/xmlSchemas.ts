import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  XmlBufferInputProvider,
  XmlDocument,
  XmlLibError,
  XsdValidator,
  xmlCleanupInputProvider,
  xmlRegisterInputProvider,
} from "libxml2-wasm";

const MOST_VIOLATIONS = 5;

/** A compiled XML schema. */
export type XmlSchema = {
  /** Lines and elements that break the schema, without what stands there; empty when the document is valid. */
  violations: (document: XmlDocument) => string[];
};

type Folder = { files: ReadonlyMap<string, Buffer>; main: string };

const targetOf = (xsd: Buffer) => /\stargetNamespace="([^"]*)"/.exec(xsd.toString("utf8"))?.[1];

async function readFolder(path: string): Promise<Map<string, Buffer>> {
  const names = (await readdir(path)).filter((name) => name.endsWith(".xsd"));
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(path, name))] as const)));
}

/** Folders of schemas by the namespaces that their files declare. */
async function readFolders(folder: string): Promise<Map<string, Folder>> {
  const found = new Map<string, Folder>();
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const files = await readFolder(join(folder, entry.name));
    for (const [main, xsd] of files) {
      const target = targetOf(xsd);
      if (target !== undefined) found.set(target, { files, main });
    }
  }
  return found;
}

function compile({ files, main }: Folder): XsdValidator {
  xmlRegisterInputProvider(new XmlBufferInputProvider(Object.fromEntries(files)));
  try {
    const document = XmlDocument.fromBuffer(files.get(main) ?? Buffer.alloc(0), { url: main });
    try {
      return XsdValidator.fromDoc(document);
    } finally {
      document.dispose();
    }
  } finally {
    xmlCleanupInputProvider();
  }
}

function violationsOf(schema: XsdValidator, document: XmlDocument): string[] {
  try {
    schema.validate(document);
    return [];
  } catch (error) {
    // What the library says quotes the document.
    const details = error instanceof XmlLibError ? error.details : [];
    const places = details.map(({ line, message }) => {
      const element = /^Element '(?:\{[^}]*\})?([A-Za-z0-9._]+)'/.exec(message)?.[1];
      return `Zeile ${line}${element ? `: ${element}` : ""}`;
    });
    return places.length === 0 ? ["ungültig"] : [...new Set(places)].slice(0, MOST_VIOLATIONS);
  }
}

/** Makes the search for XML schemas in the folders below a folder; each is read and compiled when it is first needed. */
export function xmlSchemasIn(folder: string): (schemaUri: string) => Promise<XmlSchema | undefined> {
  const known = new Map<string, XmlSchema>();
  return async (schemaUri) => {
    const compiled = known.get(schemaUri);
    if (compiled) return compiled;
    const found = (await readFolders(folder)).get(schemaUri);
    if (!found) return undefined;
    const schema = compile(found);
    const ready = { violations: (document: XmlDocument) => violationsOf(schema, document) };
    known.set(schemaUri, ready);
    return ready;
  };
}
