const CHANNELS = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i;

/** Smallest contrast of normal text that WCAG 2.2 success criterion 1.4.3 (level AA) accepts. */
export const MINIMUM_CONTRAST = 4.5;

/** Relative luminance of a `#rrggbb` colour after WCAG 2.2, from 0 (black) to 1 (white). */
function luminance(color: string): number {
  const channels = CHANNELS.exec(color)?.slice(1);
  if (!channels) throw new Error(`"${color}" is not a colour of the form #rrggbb`);
  const [red = 0, green = 0, blue = 0] = channels.map((hex) => {
    const share = Number.parseInt(hex, 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast of two `#rrggbb` colours after WCAG 2.2, from 1 (equal) to 21 (black on white); the order does not matter. */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}
