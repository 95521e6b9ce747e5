import { z } from "zod";

type Node = z.core.JSONSchema._JSONSchema;

/** A key of a configuration file: its dotted path (`[]` for entries of a list) and what its schema says about it. */
export type SchemaKey = { path: string; description: string | undefined };

function branches(node: Node | undefined): Exclude<Node, boolean>[] {
  if (node === undefined || typeof node === "boolean") return [];
  const parts = [...(node.anyOf ?? []), ...(node.oneOf ?? []), ...(node.allOf ?? [])];
  return [node, ...parts.flatMap(branches)];
}

function below(node: Exclude<Node, boolean>): [string, Node][] {
  const named = Object.entries(node.properties ?? {});
  const items = node.items;
  return items === undefined || Array.isArray(items) ? named : [...named, ["[]", items]];
}

/** The schema as a tree that can be asked for keys and their descriptions. */
export function schemaTree(schema: z.ZodType): Node {
  return z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
}

/** All keys below a node, each once, parents before their children. */
export function keysBelow(tree: Node, prefix = ""): SchemaKey[] {
  const seen = new Set<string>();
  return branches(tree)
    .flatMap(below)
    .flatMap(([name, node]): SchemaKey[] => {
      const path = name === "[]" ? `${prefix}[]` : prefix ? `${prefix}.${name}` : name;
      const description = branches(node).find((branch) => branch.description)?.description;
      return [...(name === "[]" ? [] : [{ path, description }]), ...keysBelow(node, path)];
    })
    .filter(({ path }) => !seen.has(path) && seen.add(path));
}

/** The nodes that a path of keys and list positions leads to; several where the schema has alternatives. */
function nodesAt(tree: Node, path: readonly PropertyKey[]): Node[] {
  return path.reduce<Node[]>(
    (nodes, key) =>
      nodes.flatMap(branches).flatMap((node) => {
        const wanted = typeof key === "number" ? "[]" : String(key);
        return below(node).flatMap(([name, child]) => (name === wanted ? [child] : []));
      }),
    [tree],
  );
}

/** What the schema says about the key at `path`; for a text inside a described thing, what it says about the thing. */
export function descriptionAt(tree: Node, path: readonly PropertyKey[]): string | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const nodes = nodesAt(tree, path.slice(0, length)).flatMap(branches);
    const found = nodes.find((node) => node.description)?.description;
    if (found) return found;
  }
  return undefined;
}

/** Names of the keys that may stand at `path`. */
export function knownKeysAt(tree: Node, path: readonly PropertyKey[]): string[] {
  const names = nodesAt(tree, path).flatMap(branches).flatMap(below);
  return [...new Set(names.map(([name]) => name))].filter((name) => name !== "[]");
}
