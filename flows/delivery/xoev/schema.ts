import type { CodeList, ElementModel, Model, SimpleModel, TypeModel } from "./model.ts";
import { datatypeC } from "./text.ts";
import { escaped } from "./write.ts";

/** File of the value types and code lists; they belong to no namespace, as nothing in a message is named after them. */
const VALUES = "values";

/** Attributes of every root (XÖV base message); of `standard` and `version` the model fixes the value. */
const rootAttributes: readonly { name: string; use: "required" | "optional" }[] = [
  { name: "produkt", use: "required" },
  { name: "produkthersteller", use: "required" },
  { name: "produktversion", use: "optional" },
  { name: "standard", use: "required" },
  { name: "test", use: "optional" },
  { name: "version", use: "required" },
];

/** In an attribute signs beyond ASCII, and those that a parser would take for a space, stand as references. */
const inAttribute = (text: string): string =>
  escaped(text).replace(/[^\x20-\x7e]/gu, (sign) => `&#x${(sign.codePointAt(0) ?? 0).toString(16)};`);

const attributesOf = (values: Readonly<Record<string, string | number | undefined>>): string =>
  Object.entries(values)
    .flatMap(([name, value]) => (value === undefined ? [] : [` ${name}="${inAttribute(String(value))}"`]))
    .join("");

const tag = (name: string, values: Readonly<Record<string, string | number | undefined>>, inner = ""): string =>
  inner === "" ? `<xs:${name}${attributesOf(values)}/>` : `<xs:${name}${attributesOf(values)}>${inner}</xs:${name}>`;

const note = (text: string): string => tag("annotation", {}, tag("documentation", {}, escaped(text)));

/**
 * The schema of a model as XSD 1.0: one file a namespace, named by its prefix, and one of the values, which import each other by
 * relative names; messages are declared in the file of the model's own prefix. `notice` stands at the top of each file.
 */
export function xsdFiles(model: Model, notice: string): Readonly<Record<string, string>> {
  const files = Object.entries(model.namespaces).map(([prefix, { uri, qualified }]) => {
    const types = [...model.types].filter(([, type]) => type.prefix === prefix);
    const messages = prefix === model.prefix ? [...model.messages.values()] : [];
    const used = [...types.map(([, type]) => type), ...messages.map(({ type }) => type)].flatMap(
      ({ elements }) => elements,
    );
    const imported = new Set(used.flatMap(({ type }) => model.types.get(type)?.prefix ?? []));
    const spaces = [...imported, prefix].toSorted().map((name) => [name, model.namespaces[name]?.uri ?? ""] as const);
    const others = spaces.filter(([name]) => name !== prefix);
    const head = {
      "xmlns:xs": "http://www.w3.org/2001/XMLSchema",
      ...Object.fromEntries(spaces.map(([name, space]) => [`xmlns:${name}`, space])),
      targetNamespace: uri,
      elementFormDefault: qualified ? "qualified" : "unqualified",
      version: model.version,
    };
    const lines = [
      note(notice),
      tag("import", { schemaLocation: `${VALUES}.xsd` }),
      ...others.map(([name, namespace]) => tag("import", { namespace, schemaLocation: `${name}.xsd` })),
      ...types.map(([name, type]) => tag("complexType", { name: localName(name) }, particle(model, type, qualified))),
      ...messages.map(({ element, type }) =>
        tag("element", { name: element }, tag("complexType", {}, particle(model, type, qualified) + root(model))),
      ),
    ];
    return [`${prefix}.xsd`, fileOf(head, lines)] as const;
  });
  return { ...Object.fromEntries(files), [`${VALUES}.xsd`]: valuesFile(model, notice) };
}

function fileOf(head: Readonly<Record<string, string>>, lines: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${tag("schema", head, `\n${lines.join("\n")}\n`)}\n`;
}

const localName = (type: string): string => type.slice(type.indexOf(":") + 1);

function root({ standard, version }: Model): string {
  const fixed: Readonly<Record<string, string>> = { standard, version };
  return rootAttributes.map(({ name, use }) => tag("attribute", { name, type: "C", use, fixed: fixed[name] })).join("");
}

function particle(model: Model, { kind, elements }: TypeModel, isQualified: boolean): string {
  const inner = elements.map((element) => `\n${elementOf(model, element, isQualified)}`).join("");
  return `${tag(kind, {}, inner)}\n`;
}

function elementOf(model: Model, element: ElementModel, isQualified: boolean): string {
  const { name, min, max, type, qualified } = element;
  return tag("element", {
    name,
    type: typeName(model, type),
    minOccurs: min === 1 ? undefined : min,
    maxOccurs: max === 1 ? undefined : Number.isFinite(max) ? max : "unbounded",
    form: qualified === isQualified ? undefined : qualified ? "qualified" : "unqualified",
    fixed: model.simple[type]?.fixed,
  });
}

/** How a schema names a type: of XML Schema, of a namespace, or of the file of values. */
function typeName(model: Model, type: string): string {
  const simple = model.simple[type];
  if (simple) return isOwn(simple) ? type : `xs:${simple.base}`;
  const owner = model.types.get(type);
  return owner ? `${owner.prefix}:${localName(type)}` : type;
}

/** Whether a simple type says more than the type of XML Schema that it stands on. */
const isOwn = ({ base, pattern, minLength, maxLength, maxInclusive }: SimpleModel): boolean =>
  base === "C" || [pattern, minLength, maxLength, maxInclusive].some((facet) => facet !== undefined);

function valuesFile(model: Model, notice: string): string {
  const simple = Object.entries(model.simple).filter(([, type]) => isOwn(type));
  const lines = [
    note(notice),
    ...simple.map(([name, type]) => tag("simpleType", { name }, simpleType(name, type))),
    ...Object.entries(model.codes).map(([name, list]) => tag("complexType", { name }, codeType(list))),
  ];
  return fileOf({ "xmlns:xs": "http://www.w3.org/2001/XMLSchema", version: model.version }, lines);
}

function simpleType(name: string, { base, pattern, minLength, maxLength, maxInclusive }: SimpleModel): string {
  if (name === base) return tag("restriction", { base: "xs:string" }, tag("pattern", { value: datatypeC }));
  const facets = Object.entries({ pattern, minLength, maxLength, maxInclusive })
    .flatMap(([facet, value]) => (value === undefined ? [] : [tag(facet, { value })]))
    .join("");
  return tag("restriction", { base: base === "C" ? base : `xs:${base}` }, facets);
}

/** XÖV code of type 1 to 3: the version of a list that the schema does not hold must stand in the message. */
function codeType({ list, version, open, values }: CodeList): string {
  const codes = Object.entries(values ?? {}).map(([value, label]) => `\n${tag("enumeration", { value }, note(label))}`);
  const code =
    values === undefined
      ? tag("element", { name: "code", type: "xs:token" })
      : tag(
          "element",
          { name: "code" },
          tag("simpleType", {}, tag("restriction", { base: "xs:token" }, codes.join(""))),
        );
  const ownVersion = open === true ? { use: "required" } : { fixed: version };
  return [
    tag("sequence", {}, code + tag("element", { name: "name", type: "xs:normalizedString", minOccurs: 0 })),
    tag("attribute", { name: "listURI", type: "xs:anyURI", fixed: list }),
    tag("attribute", { name: "listVersionID", type: "xs:normalizedString", ...ownVersion }),
  ].join("\n");
}
