/**
 * The id of the control with this name. Dots of the name become hyphens, so that the id works in links (`#…`), in
 * `aria-describedby` and in CSS alike; the prefix keeps it apart from the ids of the page.
 */
export function controlId(name: string): string {
  return `f-${name.replace(/[^\w-]/g, "-")}`;
}
