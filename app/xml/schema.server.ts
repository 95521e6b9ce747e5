import {
  XmlBufferInputProvider,
  XmlDocument,
  XsdValidator,
  xmlCleanupInputProvider,
  xmlRegisterInputProvider,
} from "libxml2-wasm";

/**
 * Makes a validator of the files of a schema, which import each other by the names they have here, relative to the file `main`.
 * It keeps memory that is not that of JavaScript: one for the life of the process.
 * @throws XmlError if they make no schema
 */
export function compileSchema(files: Readonly<Record<string, string>>, main: string): XsdValidator {
  const buffers = Object.entries(files).map(([name, text]) => [name, Buffer.from(text, "utf8")] as const);
  xmlRegisterInputProvider(new XmlBufferInputProvider(Object.fromEntries(buffers)));
  try {
    const document = XmlDocument.fromString(files[main] ?? "", { url: main });
    try {
      return XsdValidator.fromDoc(document);
    } finally {
      document.dispose();
    }
  } finally {
    // No document that comes later may name a file and have it opened.
    xmlCleanupInputProvider();
  }
}
