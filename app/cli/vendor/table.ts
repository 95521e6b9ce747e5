const quoted = (value: string): string => (/[;"\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
const line = (values: readonly string[]): string => `${values.map(quoted).join(";")}\n`;

/** A table of rows as CSV with semicolons, by the names that any of them has. */
export function tableOf(rows: readonly Readonly<Record<string, unknown>>[]): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return line(names) + rows.map((row) => line(names.map((name) => String(row[name] ?? "")))).join("");
}
