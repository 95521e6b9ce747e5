/** What stands in front of a file, so that spreadsheets know that it is UTF-8. */
export const CSV_MARK = "\ufeff";

const SEPARATOR = ";";

/**
 * A cell as spreadsheets read it back. Text that begins like a formula gets an apostrophe: whoever typed it must not have it
 * computed on somebody else's machine.
 */
function cell(value: string | number | undefined): string {
  const text = String(value ?? "").replace(/[\0\r\n\t]+/g, " ");
  const plain = /^\s*[=+\-@|＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[";]|^\s|\s$|^'/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** A row of a CSV file with its end. */
export function csvRow(cells: readonly (string | number | undefined)[]): string {
  return `${cells.map(cell).join(SEPARATOR)}\r\n`;
}
