import { existsSync, readFileSync } from "node:fs";
import type { Plugin } from "vite";

type Words = { [key: string]: string | Words };

/** The translation with what it lacks taken from German. */
export function completed(german: Words, translation: Words): Words {
  const whole: Words = { ...german, ...translation };
  for (const [key, value] of Object.entries(german)) {
    const own = translation[key];
    if (typeof value === "object") whole[key] = completed(value, typeof own === "object" ? own : {});
  }
  return whole;
}

/**
 * Vite plug-in that fills gaps of a translation with German. The browser loads its own language only; without this a
 * translation that lags behind would show keys there, and German on the server.
 */
export function completeLocales(): Plugin {
  return {
    name: "complete-locales",
    enforce: "pre",
    transform(code, id) {
      const german = id.replace(/([\\/]locales[\\/])[\w-]+([\\/][\w-]+\.json)$/, "$1de$2");
      if (german === id || !existsSync(german)) return undefined;
      this.addWatchFile(german);
      const words = completed(JSON.parse(readFileSync(german, "utf8")) as Words, JSON.parse(code) as Words);
      return { code: JSON.stringify(words), map: null };
    },
  };
}
