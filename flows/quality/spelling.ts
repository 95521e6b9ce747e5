import letters from "#config/reference/mrzLetters.json" with { type: "json" };

const forms: Readonly<Record<string, string>> = letters;
const listed = new RegExp(
  Object.keys(forms)
    .toSorted((a, b) => b.length - a.length)
    .join("|"),
  "gu",
);

const bare = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "");
const spaced = (text: string): string =>
  text
    .replace(/[-\s]+/g, " ")
    .replace(/[^A-Z ]/g, "")
    .trim();

/**
 * How the machine-readable zone may write a name (ICAO 9303 part 3, 6): marks are lost or become letters (Ä as AE or A),
 * hyphens become blanks, all other signs vanish.
 */
function spellingsOf(name: string): string[] {
  const upper = name.normalize("NFC").toUpperCase();
  const whole = upper.replace(listed, (letter) => forms[letter] ?? letter);
  // Letters that are none of A to Z without their marks have only the one form.
  const plain = upper.replace(listed, (letter) =>
    /^[A-Z]$/.test(bare(letter)) ? bare(letter) : (forms[letter] ?? ""),
  );
  return [whole, plain].map((text) => spaced(bare(text)));
}

/** True if the zone may write the typed name as it does. */
export function isSpelled(name: string, inZone: string): boolean {
  return spellingsOf(name).includes(inZone);
}
