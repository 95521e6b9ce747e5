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
] as const;
