import { type XmlDocument, XmlLibError, type XsdValidator } from "libxml2-wasm";
import { type DocumentFault, withDocument } from "#app/xml/document.server.ts";
import { compileSchema } from "#app/xml/schema.server.ts";
import type { Standard } from "#flows/delivery/standard.ts";
import type { Model } from "#flows/delivery/xoev/model.ts";
import { xsdFiles } from "#flows/delivery/xoev/schema.ts";

/** What libxml2 says, and our word for it; the rest quotes the message and is dropped. */
const words = [
  [/No matching global declaration/, "unknownMessage"],
  [/Missing child element/, "missing"],
  [/This element is not expected/, "notExpected"],
  [/is required but missing/, "missingAttribute"],
  [/^Element '[^']*', attribute '/, "attribute"],
  [/\[facet 'enumeration'\]/, "unknownCode"],
  [/fixed value constraint/, "fixedValue"],
  [/\[facet |is not a valid value/, "value"],
  [/[Cc]haracter content|[Ee]lement content/, "content"],
] as const;

/** What is wrong with a message: a word of a fixed list, nothing of its content. */
type InvalidReason = DocumentFault["code"] | (typeof words)[number][1] | "invalid";

/**
 * `line` begins at 1. `element` is the local name of the element that is wrong, or before or in which another is missing; only
 * names that the standard knows are given, for a foreign name could hold anything.
 */
type Validity = { ok: true } | { ok: false; line: number; reason: InvalidReason; element?: string };

type Validator = {
  validate: (xml: Uint8Array | string) => Validity;
  /** Of a document that is open already. */
  check: (document: XmlDocument) => Validity;
};

const validators = new WeakMap<Model, Validator>();

/**
 * Checks messages by our schema of the standard, which is compiled once a process from the model (some 50 ms).
 * @throws XmlError if the model makes no schema: a mistake in the folder of the standard
 */
export function validatorFor({ model }: Pick<Standard, "model">): Validator {
  const known = validators.get(model);
  if (known) return known;
  const schema = compileSchema(xsdFiles(model, ""), `${model.prefix}.xsd`);
  const names = namesOf(model);
  const check = (document: XmlDocument): Validity => validity(schema, names, document);
  const validator: Validator = {
    check,
    validate: (xml) => {
      const bytes = typeof xml === "string" ? Buffer.from(xml, "utf8") : xml;
      const found = withDocument<Validity | DocumentFault>(bytes, model, check);
      return "code" in found ? { ok: false, line: found.line ?? 1, reason: found.code } : found;
    },
  };
  validators.set(model, validator);
  return validator;
}

function namesOf({ types, messages }: Model): ReadonlySet<string> {
  const roots = [...messages.values()];
  const owners = [...types.values(), ...roots.map(({ type }) => type)];
  const names = owners.flatMap(({ elements }) => elements.map(({ name }) => name));
  return new Set(["code", "name", ...roots.map(({ element }) => element), ...names]);
}

function validity(schema: XsdValidator, names: ReadonlySet<string>, document: XmlDocument): Validity {
  try {
    schema.validate(document);
    return { ok: true };
  } catch (error) {
    const [first] = error instanceof XmlLibError ? error.details : [];
    // The validator itself gave up: what it cannot judge is not sent and not taken.
    if (!first) return { ok: false, line: 1, reason: "invalid" };
    const reason = words.find(([said]) => said.test(first.message))?.[1] ?? "invalid";
    const element = /^Element '(?:\{[^}]*\})?([^']*)'/.exec(first.message)?.[1] ?? "";
    return { ok: false, line: first.line, reason, ...(names.has(element) ? { element } : {}) };
  }
}
