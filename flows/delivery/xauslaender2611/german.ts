/** A whole or partial ISO date as German clerks write it, e.g. `01.03.2027` or `2027`. */
export function germanDate(iso: string): string {
  return iso.split("-").toReversed().join(".");
}
