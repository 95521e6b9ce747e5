import type { PlacedDocument } from "#flows/delivery/standard.ts";
import { formIn } from "#flows/delivery/xauslaender2611/form.ts";
import { asDatatypeC } from "#flows/delivery/xoev/text.ts";

/**
 * What a message must say in free words because it has no place for it. A note holds what it names once; it is written into
 * `sonstigeAnmerkung`, in German, the language of authorities.
 */
export type Notes = {
  add: (note: string) => void;
  /** A text as datatype C; if signs of it have no place there, notes the element, whose whole text is in the PDF. */
  plain: (element: string, text: string) => string;
  /** A text for a note: one that only the PDF can show is named as being there. */
  short: (text: string) => string;
  /** Answers that stand in an element, so that no note repeats them. */
  placed: (...fields: readonly string[]) => void;
  isPlaced: (field: string) => boolean;
  /** All notes in one text; undefined if there are none. */
  text: () => string | undefined;
};

/** Begins without notes. Of the documents of the message only matters whether the PDF is among them. */
export function createNotes(documents: readonly PlacedDocument[] = []): Notes {
  const isDrawn = formIn(documents) !== undefined;
  const notes: string[] = [];
  const replaced = new Set<string>();
  const placed = new Set<string>();
  return {
    add: (note) => void notes.push(asDatatypeC(note).text),
    plain: (element, text) => {
      const { text: plain, isWhole } = asDatatypeC(text);
      if (!isWhole) replaced.add(element);
      return plain;
    },
    short: (text) => {
      const { text: plain, isWhole } = asDatatypeC(text.replace(/\s+/g, " "));
      return isWhole || !isDrawn ? plain : "siehe PDF";
    },
    placed: (...fields) => fields.forEach((field) => placed.add(field)),
    isPlaced: (field) => placed.has(field),
    text: () => {
      const where = isDrawn ? " Das Original steht im PDF." : "";
      const signs =
        replaced.size === 0 ? [] : [`Nicht darstellbare Zeichen ersetzt in: ${[...replaced].join(", ")}.${where}`];
      const all = [...notes, ...signs];
      return all.length === 0 ? undefined : all.join("\n");
    },
  };
}
