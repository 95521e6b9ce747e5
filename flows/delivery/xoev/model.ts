/** One element of a type: its name, how often it may stand, its type, and whether its name has the type's namespace. */
export type ElementModel = {
  name: string;
  min: number;
  max: number;
  type: string;
  /** False for elements that stand without namespace although their type has one. */
  qualified: boolean;
};

/** A type with elements. `prefix` is the namespace that it belongs to; of a choice exactly one element stands. */
export type TypeModel = { kind: "sequence" | "choice"; prefix: string; elements: readonly ElementModel[] };

/** A simple type: `C` (DIN 91379, datatype C) or a type of XML Schema, with facets. */
export type SimpleModel = {
  base: string;
  pattern?: string;
  fixed?: string;
  minLength?: number;
  maxLength?: number;
  maxInclusive?: number;
};

/** A value list; without `values` it is kept elsewhere, and messages must name its version. */
export type CodeList = { list: string; version: string; open?: boolean; values?: Readonly<Record<string, string>> };

/** A message of the standard. `direction`: "out" to the authority, "in" from there. */
export type MessageModel = { id: string; element: string; direction: "out" | "in"; type: TypeModel };

/** The structure of one version of an XÖV standard. */
export type Model = {
  standard: string;
  version: string;
  /** Namespaces by prefix; `qualified` says whether elements declared there carry it. */
  namespaces: Readonly<Record<string, { uri: string; qualified: boolean }>>;
  /** The namespace of messages. */
  prefix: string;
  simple: Readonly<Record<string, SimpleModel>>;
  types: ReadonlyMap<string, TypeModel>;
  codes: Readonly<Record<string, CodeList>>;
  messages: ReadonlyMap<string, MessageModel>;
};

type RawType = { extends?: string; sequence?: readonly string[]; choice?: readonly string[] };
type RawMessage = RawType & { element: string; direction: string };

/** The compact form in which a version folder keeps its structure: `name?|*|+|{min,max} type`, `~` for no namespace. */
export type RawModel = {
  standard: string;
  version: string;
  namespaces: Model["namespaces"];
  simple: Model["simple"];
  types: Readonly<Record<string, RawType>>;
  messages: Readonly<Record<string, RawMessage>>;
};

const often: Readonly<Record<string, readonly [number, number]>> = {
  "": [1, 1],
  "?": [0, 1],
  "*": [0, Number.POSITIVE_INFINITY],
  "+": [1, Number.POSITIVE_INFINITY],
};

function elementOf(line: string, isQualified: boolean): ElementModel {
  const [, free, name = "", sign = "", min, max, type = ""] =
    /^(~?)([A-Za-z0-9._]+)([?*+]|\{(\d+),(\d+)\})? (\S+)$/.exec(line) ?? [];
  if (name === "") throw new Error(`The model has a line that cannot be read: ${line}`);
  const [least, most] = often[sign] ?? [Number(min), Number(max)];
  return { name, min: least, max: most, type, qualified: isQualified && free === "" };
}

/** Reads the compact form. @throws Error when a line cannot be read or a type is missing: a mistake in the folder */
export function readModel(raw: RawModel, codes: Model["codes"]): Model {
  const [own = ""] = Object.keys(raw.namespaces);
  const types = new Map<string, TypeModel>();
  const typeOf = (name: string, source: RawType): TypeModel => {
    const prefix = name.includes(":") ? (name.split(":")[0] ?? own) : own;
    const isQualified = raw.namespaces[prefix]?.qualified === true;
    const inherited = source.extends === undefined ? [] : named(source.extends).elements;
    const lines = source.sequence ?? source.choice ?? [];
    const elements = [...inherited, ...lines.map((line) => elementOf(line, isQualified))];
    return { kind: source.choice ? "choice" : "sequence", prefix, elements };
  };
  const named = (name: string): TypeModel => {
    const known = types.get(name);
    if (known) return known;
    const source = raw.types[name];
    if (!source) throw new Error(`The model lacks the type ${name}`);
    const type = typeOf(name, source);
    types.set(name, type);
    return type;
  };
  Object.keys(raw.types).forEach(named);
  const messages = Object.entries(raw.messages).map(([id, message]) => {
    const { element, direction } = message;
    return [
      id,
      { id, element, direction: direction === "out" ? "out" : "in", type: typeOf(element, message) },
    ] as const;
  });
  const { standard, version, namespaces, simple } = raw;
  const model = { standard, version, namespaces, prefix: own, simple, types, codes, messages: new Map(messages) };
  const known = new Set([...Object.keys(simple), ...types.keys(), ...Object.keys(codes)]);
  for (const { elements } of [...types.values(), ...messages.map(([, { type }]) => type)]) {
    const missing = elements.find(({ type }) => !known.has(type));
    if (missing) throw new Error(`The model lacks the type ${missing.type} of ${missing.name}`);
  }
  return model;
}
