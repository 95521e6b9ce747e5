/** Files of words in `locales/<language>/`. */
export const namespaces = [
  "common",
  "fields",
  "steps",
  "services",
  "errors",
  "law",
  "evidence",
  "pages",
  "status",
  "import",
  "operator",
  "mails",
  "officeMails",
] as const;

/**
 * Words of pages and mails for staff, whose language is German (§ 23 VwVfG): no other language has a file of them, and
 * browsers of applicants never load them.
 */
export const germanOnly = ["operator", "officeMails"] as const satisfies readonly (typeof namespaces)[number][];
