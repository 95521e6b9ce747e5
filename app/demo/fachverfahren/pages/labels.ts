import { isRecord } from "./values.ts";

/** A part of a JSON Schema. */
export type SchemaNode = Record<string, unknown>;

const DEEPEST = 8;

function follow(root: SchemaNode, pointer: string): unknown {
  if (!pointer.startsWith("#/")) return undefined;
  const steps = pointer.slice(2).split("/");
  return steps.reduce<unknown>((node, step) => {
    const key = decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~");
    return isRecord(node) ? node[key] : undefined;
  }, root);
}

/** A schema node with its local references and `allOf` parts folded in; the node's own words come first. */
export function resolve(root: SchemaNode, node: unknown, depth = 0): SchemaNode {
  if (!isRecord(node) || depth > DEEPEST) return {};
  const { $ref, allOf, ...own } = node;
  const parts: unknown[] = [
    ...(typeof $ref === "string" ? [follow(root, $ref)] : []),
    ...(Array.isArray(allOf) ? allOf : []),
  ];
  return parts.reduce<SchemaNode>((whole, part) => {
    const resolved = resolve(root, part, depth + 1);
    const properties = { ...asRecord(resolved.properties), ...asRecord(whole.properties) };
    return { ...resolved, ...whole, ...(Object.keys(properties).length > 0 ? { properties } : {}) };
  }, own);
}

function asRecord(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}

/** The schema below a property. */
export function propertyOf(root: SchemaNode, node: SchemaNode, key: string): SchemaNode {
  return resolve(root, asRecord(node.properties)[key]);
}

/** The schema of the items of a list. */
export function itemOf(root: SchemaNode, node: SchemaNode): SchemaNode {
  return resolve(root, node.items);
}

/** German label of a schema node, or the given id. */
export function titleOf(node: SchemaNode, id: string): string {
  return typeof node.title === "string" && node.title !== "" ? node.title : id;
}

/** Keys of a value in the order of the schema, then those that it does not name. */
export function orderedKeys(node: SchemaNode, value: Record<string, unknown>): string[] {
  const known = Object.keys(asRecord(node.properties)).filter((key) => Object.hasOwn(value, key));
  return [...known, ...Object.keys(value).filter((key) => !known.includes(key))];
}
