/** The two Latin font files, which every page needs first; names as in `fonts.scss`. */
export const fontPreloads = [
  "/fonts/fira-sans-latin-400.5.3.0.woff2",
  "/fonts/fira-sans-latin-600.5.3.0.woff2",
] as const;
