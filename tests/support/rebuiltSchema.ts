import { existsSync, readdirSync, readFileSync } from "node:fs";
import { XmlDocument, XmlLibError } from "libxml2-wasm";
import { compileSchema } from "#app/xml/schema.server.ts";

const FOLDER = new URL("../../../shared/standards/xsd/", import.meta.url);
const MODULE = "xauslaender-26.11-reconstructed";

/** Says where a message is faulty by the rebuilt schema: the line of its first fault; undefined if there is none. */
export type Judge = (xml: string) => number | undefined;

/**
 * The rebuilt schema of the OZG module of XAusländer 26.11, which stands outside the project; undefined, with a line that says
 * so, where it is not there. What the schemas import by an address is found by their catalog.
 */
export function rebuiltJudge(): Judge | undefined {
  if (!existsSync(FOLDER)) {
    process.emitWarning(`Messages are not checked by the rebuilt schema: there is no ${FOLDER.pathname}`);
    return undefined;
  }
  const named = [MODULE, "xoev-core"].flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, FOLDER)).map(
      (file) => [`${folder}/${file}`, textOf(`${folder}/${file}`)] as const,
    ),
  );
  const addresses = [...textOf("catalog.xml").matchAll(/<uri name="([^"]+)" uri="([^"]+)"/g)].map(
    ([, address = "", path = ""]) => [address, textOf(path)] as const,
  );
  const schema = compileSchema(
    Object.fromEntries([...named, ...addresses]),
    `${MODULE}/xauslaender-nachrichten-ozg.xsd`,
  );
  return (xml) => {
    const document = XmlDocument.fromString(xml);
    try {
      schema.validate(document);
      return undefined;
    } catch (error) {
      if (error instanceof XmlLibError) return error.details[0]?.line;
      throw error;
    } finally {
      document.dispose();
    }
  };
}

/** The sample message beside the rebuilt schema; undefined where it is not there. */
export function sampleMessage(): string | undefined {
  const path = new URL("../xauslaender/examples/OZG.Antrag.130101.example.xml", FOLDER);
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

const textOf = (path: string): string => readFileSync(new URL(path, FOLDER), "utf8");
