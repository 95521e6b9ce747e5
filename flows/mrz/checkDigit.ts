const SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const WEIGHTS = [7, 3, 1];

/** The value of a sign of the machine-readable zone: digits as they are, A = 10 to Z = 35, the filler 0. */
function valueOf(sign: string): number {
  return sign === "<" ? 0 : SIGNS.indexOf(sign);
}

/**
 * The check digit of some signs (ICAO 9303 part 3, 4.9): weights 7, 3, 1, modulo 10. The weights have no factor in common
 * with 10, so that one wrong sign changes the digit unless its value differs by 10, 20 or 30: 0 A K U and the filler look
 * alike to it, so do 1 B L V and so on.
 */
export function checkDigit(signs: string): string {
  const sum = Array.from(signs).reduce((total, sign, index) => total + valueOf(sign) * (WEIGHTS[index % 3] ?? 0), 0);
  return String(sum % 10);
}
