/** What is wrong with the texts of a page, each as a sentence; and one element for each new character that it shows. */
export type TextFindings = {
  clipped: string[];
  squeezed: string[];
  unordered: string[];
  tofu: string[];
  unmarked: string[];
};

/**
 * Runs in the page and looks at every text that can be seen.
 * - clipped: a line reaches out of a box that cuts it off, or over the edge of a box that can be seen.
 * - squeezed: a column so narrow that a word stands letter by letter.
 * - unordered: a date, number, code, address or § that does not run from left to right.
 * - tofu: a character that the browser draws like one that no font has (U+10FFFF), compared pixel by pixel.
 * - unmarked: German names, and § that stand alone, outside `lang="de"` on a translated page.
 */
export function inspectTexts(german: readonly string[]): TextFindings {
  type Line = { node: Text; element: Element; text: string };
  const language = document.documentElement.lang;
  // Only what stands inside this function exists in the page.
  const { short, name, rectsOf, cuts, isDrawn } = {
    short: (text: string) => text.replaceAll(/\s+/g, " ").trim().slice(0, 60),
    name: (element: Element) => `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""}`,
    rectsOf: (node: Text, start = 0, end = node.length) => {
      const range = document.createRange();
      range.setStart(node, start);
      range.setEnd(node, end);
      return [...range.getClientRects()].filter(({ width, height }) => width > 0.5 && height > 0.5);
    },
    cuts: (style: CSSStyleDeclaration) => style.overflowX !== "visible" || style.overflowY !== "visible",
    isDrawn: ({ borderInlineEndWidth, borderInlineStartWidth, boxShadow, backgroundColor }: CSSStyleDeclaration) =>
      (Number.parseFloat(borderInlineEndWidth) > 0 && Number.parseFloat(borderInlineStartWidth) > 0) ||
      boxShadow !== "none" ||
      !/^transparent$|, 0\)$/.test(backgroundColor),
  };

  // Words for screen readers only, and the link that shows itself on focus.
  const unseen = ".ao-hidden, .kern-sr-only, .ao-skip, option, script, style, noscript";
  const lines: Line[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const { parentElement: element } = node;
    const text = node.textContent ?? "";
    if (!element || text.trim() === "" || element.closest(unseen)) continue;
    const head = element.closest("thead");
    // Heads of tables whose rows are blocks on phones: clipped away, but read aloud.
    if (head && getComputedStyle(head).clipPath === "inset(50%)") continue;
    if (element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
      lines.push({ node: node as Text, element, text });
  }

  const boxAround = (element: Element): { box: Element; isCut: boolean } | undefined => {
    for (let box: Element | null = element; box && box !== document.body; box = box.parentElement) {
      const style = getComputedStyle(box);
      if (style.display === "inline") continue;
      if (cuts(style)) return { box, isCut: true };
      if (isDrawn(style)) return { box, isCut: false };
    }
    return undefined;
  };
  const clipped = lines.flatMap(({ node, element, text }) => {
    // The other languages beside the present one are a hint that may end in dots; the list itself names all.
    if (element.closest(".ao-lang__others")) return [];
    const around = boxAround(element);
    const frame = around?.box.getBoundingClientRect();
    return rectsOf(node).flatMap(({ left, right, top, bottom }) => {
      if (left < -1 || right > innerWidth + 1) return [`outside the page: ${short(text)}`];
      if (!around || !frame) return [];
      const isWide = left < frame.left - 1 || right > frame.right + 1;
      const isHigh = around.isCut && (top < frame.top - 3 || bottom > frame.bottom + 3);
      return isWide || isHigh
        ? [`${around.isCut ? "cut off" : "over the edge"} of ${name(around.box)}: ${short(text)}`]
        : [];
    });
  });

  const squeezed = lines.flatMap(({ node, text }) => {
    const rows = new Set(rectsOf(node).map(({ top }) => Math.round(top))).size;
    return rows > 3 && text.trim().length / rows < 4 ? [short(text)] : [];
  });

  const runs =
    /\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}:\d{2}|\+\d[\d\u00a0 ]{4,}\d|[\w.-]+@[\w-]+(?:\.[\w-]+)+|https?:\/\/\S+|\b[A-Z0-9]{4}(?:-[A-Z0-9]{4})+\b|\b[A-Z]\d{5,}\b|§{1,2}[\u00a0 ]\d+\w?(?:[\u00a0 ]Abs\.[\u00a0 ]\d+)?|[\w-]+\.(?:pdf|jpg|png)/g;
  const unordered = lines.flatMap(({ node, text }) =>
    [...text.matchAll(runs)].flatMap((match) => {
      let before: DOMRect | undefined;
      for (let index = match.index; index < match.index + match[0].length; index += 1) {
        const [rect] = rectsOf(node, index, index + 1);
        if (!rect) continue;
        const isSameLine = before && Math.abs(rect.top - before.top) < 4;
        if (before && isSameLine && rect.left < before.left - 0.5) return [short(match[0])];
        before = rect;
      }
      return [];
    }),
  );

  const context = Object.assign(document.createElement("canvas"), { width: 32, height: 32 }).getContext("2d", {
    willReadFrequently: true,
  });
  const picture = (font: string, text: string) => {
    if (!context) return "";
    context.clearRect(0, 0, 32, 32);
    context.font = font;
    context.fillText(text, 4, 22);
    return String.fromCharCode(...new Uint16Array(context.getImageData(0, 0, 32, 32).data.buffer));
  };
  const seen = new Map<string, Set<string>>();
  const missing = new Map<string, string>();
  const tofu = lines.flatMap(({ element, text }) => {
    const { fontFamily, fontWeight } = getComputedStyle(element);
    const font = `${fontWeight} 18px ${fontFamily}`;
    const known = seen.get(font) ?? new Set<string>();
    seen.set(font, known);
    const fresh = [...text].filter((char) => !known.has(char) && !/[\s\p{C}\p{Z}]/u.test(char));
    for (const char of fresh) known.add(char);
    if (fresh.length > 0) element.setAttribute("data-look-glyphs", fresh.join(""));
    const lacking = missing.get(font) ?? picture(font, "\u{10ffff}");
    missing.set(font, lacking);
    return fresh.filter((char) => picture(font, char) === lacking).map((char) => `${char} in ${font}: ${short(text)}`);
  });

  const unmarked =
    language === "de"
      ? []
      : lines.flatMap(({ element, text }) => {
          const isGerman = german.some((word) => text.includes(word)) || /^\s*§[^()]*Aufenth[GV]\s*$/.test(text);
          // An answer is whatever the person typed.
          if (!isGerman || element.matches("bdi:not([lang])")) return [];
          const marked = element.closest("[lang]");
          if (marked?.getAttribute("lang") !== "de") return [`not marked as German: ${short(text)}`];
          return getComputedStyle(element).direction === "ltr" ? [] : [`German from right to left: ${short(text)}`];
        });

  return { clipped, squeezed, unordered, tofu, unmarked };
}
