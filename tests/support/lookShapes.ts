/** What is wrong with the shapes of a page, each as a sentence. */
export type ShapeFindings = {
  wide: string[];
  icons: string[];
  targets: string[];
  direction: string[];
  seenIcons: string[];
};

/**
 * Runs in the page and looks at its shapes.
 * - wide: the page is wider than the window.
 * - icons: arrows, external links and the like point against the direction of writing, all others never mirror.
 * - targets: what can be pressed is at least 24 px wide and high (WCAG 2.2, 2.5.8), controls and buttons 44 px.
 * - direction: `lang` and `dir` of the document; codes and fields for codes stand from left to right.
 */
export function inspectShapes(language: string): ShapeFindings {
  // Only what stands inside this function exists in the page.
  const { short, all, mirrored, iconName, isInText, targetOf, isolated } = {
    short: (element: Element) =>
      `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""} ${(element.textContent ?? "").replaceAll(/\s+/g, " ").trim().slice(0, 40)}`,
    all: (selector: string) =>
      [...document.querySelectorAll(selector)].filter(
        (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest(".ao-hidden, .ao-skip"),
      ),
    mirrored: (element: Element) => {
      let sign = 1;
      for (let at: Element | null = element; at; at = at.parentElement) {
        const { transform } = getComputedStyle(at);
        if (transform !== "none" && new DOMMatrixReadOnly(transform).a < 0) sign = -sign;
      }
      return sign < 0;
    },
    iconName: (element: Element) =>
      /kern-icon--(?!small|large|x-large)([\w-]+)/.exec(element.getAttribute("class") ?? "")?.[1] ?? "",
    isInText: (element: Element) =>
      element.tagName === "A" &&
      getComputedStyle(element).display === "inline" &&
      element.parentElement !== null &&
      (element.parentElement.textContent ?? "").trim().length > (element.textContent ?? "").trim().length,
    /** The row or label of a control is its target too. */
    targetOf: (element: Element) => element.closest(".kern-form-check, .kern-card--interactive") ?? element,
    isolated: (element: Element) => {
      const { direction, unicodeBidi, display } = getComputedStyle(element);
      return direction === "ltr" && (display !== "inline" || unicodeBidi.includes("isolate"));
    },
  };
  const root = document.documentElement;
  const isRtl = language === "ar";

  const outside = [...document.querySelectorAll("body *")].filter((element) => {
    const { left, right } = element.getBoundingClientRect();
    return right > root.clientWidth + 0.5 || left < -0.5;
  });
  const wide =
    root.scrollWidth > root.clientWidth
      ? [`${root.scrollWidth} px in ${root.clientWidth} px`, ...outside.slice(-3).map(short)]
      : [];

  const turning = ["arrow-back", "arrow-forward", "open-in-new", "checklist", "logout"];
  const found = all(".kern-icon");
  const icons = [
    ...found.flatMap((icon) => {
      const name = iconName(icon);
      const isExpected = isRtl && turning.includes(name);
      return mirrored(icon) === isExpected ? [] : [`${name} ${isExpected ? "does not mirror" : "mirrors"}`];
    }),
    ...all("svg").flatMap((drawing) => (mirrored(drawing) ? [`${short(drawing)} mirrors`] : [])),
  ];

  const controls = "button, summary, select, textarea, input:not([type=hidden]), a.kern-btn, .ao-lang__list a";
  const small = (element: Element, least: number) => {
    const { width, height } = targetOf(element).getBoundingClientRect();
    return width < least - 0.5 || height < least - 0.5
      ? [`${Math.round(width)} × ${Math.round(height)}: ${short(element)}`]
      : [];
  };
  const targets = [
    ...all(controls).flatMap((element) => small(element, 44)),
    ...all("a").flatMap((element) => (element.matches(controls) || isInText(element) ? [] : small(element, 24))),
  ];

  const { direction: written } = getComputedStyle(document.body);
  const direction = [
    ...(root.lang === language ? [] : [`lang is ${root.lang}`]),
    ...(written === (isRtl ? "rtl" : "ltr") ? [] : [`direction is ${written}`]),
    ...all(".ao-code, .ao-ref, .ao-resume__code, .ao-ltr, a[href^='tel:']")
      .filter((element) => !isolated(element))
      .map((element) => `not isolated: ${short(element)}`),
  ];
  return { wide, icons, targets, direction, seenIcons: found.map(iconName) };
}
