import type { Declaration, Plugin } from "postcss";

const LOGICAL: Readonly<Record<string, string>> = {
  "margin-left": "margin-inline-start",
  "margin-right": "margin-inline-end",
  "padding-left": "padding-inline-start",
  "padding-right": "padding-inline-end",
  "border-left": "border-inline-start",
  "border-right": "border-inline-end",
  left: "inset-inline-start",
  right: "inset-inline-end",
};
const FOUR_SIDED = new Set(["padding", "margin"]);

/** The tick of a checkbox and the two ends of the loader are drawings: they must not mirror. */
const DRAWING = /kern-form-check__checkbox|kern-loader/;

/** Splits at top-level spaces, so that `var(--a, 1px) calc(1px + 2px)` gives two parts. */
function parts(value: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let part = "";
  for (const char of value) {
    if (char === "(") depth += 1;
    if (char === ")") depth -= 1;
    if (depth === 0 && /\s/.test(char)) {
      if (part) found.push(part);
      part = "";
    } else part += char;
  }
  return part ? [...found, part] : found;
}

function splitSides(decl: Declaration) {
  const { prop, value, important } = decl;
  const [top, end, bottom, start] = parts(value);
  if (start === undefined || start === end) return;
  decl.cloneBefore({ prop: `${prop}-block`, value: `${top} ${bottom}`, important });
  decl.cloneBefore({ prop: `${prop}-inline`, value: `${start} ${end}`, important });
  decl.remove();
}

/**
 * PostCSS plug-in that makes KERN's physical CSS direction-neutral: left-to-right stays as it is, right-to-left works
 * without a second stylesheet.
 */
export function logical(): Plugin {
  return {
    postcssPlugin: "kern-logical",
    Declaration(decl) {
      if (decl.parent?.type === "rule" && DRAWING.test(decl.parent.toString().split("{")[0] ?? "")) return;
      const prop = LOGICAL[decl.prop];
      if (prop) decl.prop = prop;
      else if (decl.prop === "text-align" && decl.value === "left") decl.value = "start";
      else if (decl.prop === "text-align" && decl.value === "right") decl.value = "end";
      else if (FOUR_SIDED.has(decl.prop)) splitSides(decl);
    },
  };
}
