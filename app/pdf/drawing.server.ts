import type { FontWriter } from "#app/pdf/embedding.server.ts";
import { NO_SCRIPT } from "#app/pdf/scripts.ts";
import { widthOf } from "#app/pdf/shaping.server.ts";
import { colours, type Element, type Mark, type Page } from "#app/pdf/pages.ts";

const decimal = (value: number) => String(Math.round(value * 100) / 100);

/** Squares of one colour as stripes: dark neighbours in a row become one rectangle, so no gaps show between them. */
function squares(mark: Extract<Mark, { kind: "squares" }>, height: number): string {
  const unit = mark.size / mark.rows.length;
  const stripes = mark.rows.flatMap((row, index) => {
    const y = height - mark.y - (index + 1) * unit;
    return [
      ...row
        .map((dark) => (dark ? "#" : " "))
        .join("")
        .matchAll(/#+/g),
    ].map(
      (stripe) =>
        `${(mark.x + stripe.index * unit).toFixed(3)} ${y.toFixed(3)} ${(stripe[0].length * unit).toFixed(3)} ${unit.toFixed(3)} re`,
    );
  });
  return `${colours.text} rg\n${stripes.join("\n")}\nf\n`;
}

function draw(fonts: FontWriter, mark: Mark, height: number): string {
  if (mark.kind === "squares") return squares(mark, height);
  if (mark.kind === "box") {
    const y = height - mark.y - mark.height;
    return `${colours[mark.fill]} rg ${decimal(mark.x)} ${decimal(y)} ${decimal(mark.width)} ${decimal(mark.height)} re f\n`;
  }
  let x = mark.x;
  let text = "";
  let script = LEADING_SCRIPT;
  for (const run of mark.line.runs) {
    const next = run.script === NO_SCRIPT ? script : run.script;
    if (next !== script) text += `${endOf(script)}${startOf(next)}`;
    script = next;
    text += fonts.show(run, mark.size, x, height - mark.baseline);
    x += (widthOf(run) * mark.size) / 1000;
  }
  return text === "" ? "" : `${colours[mark.colour]} rg\nBT\n${text}${endOf(script)}ET\n`;
}

/** Script of the document's language. What is in another one says so, or it would be read out as if it were German. */
const LEADING_SCRIPT = "Latn";
const startOf = (script: string) => (script === LEADING_SCRIPT ? "" : `/Span <</Lang (und-${script})>> BDC\n`);
const endOf = (script: string) => (script === LEADING_SCRIPT ? "" : "EMC\n");

function elementOf(mark: Mark): Element | undefined {
  return mark.kind === "box" ? undefined : mark.element;
}

/** The content of a page of this height, and the elements of its marked parts in the order of their ids (MCID). */
export function drawPage(fonts: FontWriter, page: Page, height: number): { content: string; elements: Element[] } {
  const elements: Element[] = [];
  const parts: string[] = [];
  let open: Element | undefined | null = null;
  for (const mark of page.marks) {
    const element = elementOf(mark);
    if (open === null || element !== open) {
      if (open !== null) parts.push("EMC\n");
      open = element;
      parts.push(element ? `/${element.role} <</MCID ${elements.length}>> BDC\n` : "/Artifact BMC\n");
      if (element) elements.push(element);
    }
    parts.push(draw(fonts, mark, height));
  }
  if (open !== null) parts.push("EMC\n");
  return { content: parts.join(""), elements };
}
