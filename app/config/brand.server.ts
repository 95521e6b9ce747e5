import type { Brand } from "#app/config/authority.ts";

// Letter on the crest in the dark scheme: darker than the dark page, on which darkColor was checked for contrast.
const DARK_ON_BRAND = "#0d0f18";

function properties(color: string, onColor: string): string {
  return `{--ao-color-brand:${color};--ao-color-on-brand:${onColor}}`;
}

/**
 * Style sheet with an authority's colours, to be sent as a file: the content security policy forbids inline styles.
 * It comes after the general style sheet and has the same selectors, so that print and a fixed light theme stay light.
 */
export function brandCss(brand: Brand): string {
  const dark = properties(brand.darkColor, DARK_ON_BRAND);
  return [
    `:root${properties(brand.color, brand.onColor)}`,
    `@media screen and (prefers-color-scheme:dark){:root:not([data-kern-theme="light"])${dark}}`,
  ].join("\n");
}
