import type { ShapedLine } from "#app/pdf/shaping.server.ts";

/** Roles of PDF's logical structure (ISO 32000-1, 14.8.4); screen readers go by them. */
export type Role = "Document" | "H1" | "H2" | "H3" | "P" | "Table" | "TR" | "TH" | "TD" | "Figure";

/** A node of the logical structure; what is drawn refers to a leaf. */
export type Element = { role: Role; children: Element[]; alt?: string };

/** Colours of the design tokens (light scheme), as RGB parts of 1. */
export const colours = {
  text: "0.075 0.082 0.145",
  muted: "0.318 0.341 0.478",
  line: "0.867 0.843 0.792",
  band: "0.976 0.965 0.937",
  white: "1 1 1",
  warning: "0.573 0.329 0",
} as const;
export type Colour = keyof typeof colours;

/** Something on a page; points from the page's top left corner. Without an element it is decoration. */
export type Mark =
  | { kind: "text"; x: number; baseline: number; line: ShapedLine; size: number; colour: Colour; element?: Element }
  | { kind: "box"; x: number; y: number; width: number; height: number; fill: Colour }
  | { kind: "squares"; x: number; y: number; size: number; rows: readonly (readonly boolean[])[]; element: Element };

export type Page = { marks: Mark[] };

/** A line of the document outline. */
export type Bookmark = { title: string; page: number; y: number };

/** A document laid out on pages. */
export type Layout = { pages: readonly Page[]; bookmarks: readonly Bookmark[]; structure: Element };

/** A4 (ISO 216) and the margins of DIN 5008: 25 mm on the left for filing, 20 mm on the right. */
export const sheet = { width: 595.28, height: 841.89, left: 70.87, right: 56.69, top: 56.69, bottom: 73.7 } as const;
export const textWidth = sheet.width - sheet.left - sheet.right;

/** Appends a node to the structure. */
export function child(parent: Element, role: Role, alt?: string): Element {
  const element: Element = { role, children: [], ...(alt === undefined ? {} : { alt }) };
  parent.children.push(element);
  return element;
}
