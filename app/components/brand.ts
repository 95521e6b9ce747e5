/** Address of the style sheet with an authority's colours; a file, because the security policy forbids inline styles. */
export function brandHref(authority: string): string {
  return `/brand/${encodeURIComponent(authority)}.css`;
}
