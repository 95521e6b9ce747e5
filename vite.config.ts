import { vitePlugin as remix } from "@remix-run/dev";
import { defineConfig } from "vite";
import { completeLocales } from "./app/i18n/completeLocales.ts";
import { logical } from "./app/styles/logical.ts";
import remixConfig from "./remix.config.js";

/** A file of words for each language and namespace: a page loads what it shows, in its own language. */
function localeChunk(id: string): string | undefined {
  const [, language, namespace] = /[\\/]locales[\\/]([\w-]+)[\\/]([\w-]+)\.json/.exec(id) ?? [];
  return language && `words-${language}-${namespace}`;
}

const ONE_PAGE =
  /[\\/](AccessSheet|ApplicationPaper|Evidence\w+|FlowDrawing|QrCode|ReceiptPaper|TextPage|Tiles|Timeline)\.tsx$/;

/** What nearly every page draws, in one file: two dozen small ones cost a third more on the wire. */
function frameChunk(id: string): string | undefined {
  const isCommon = /[\\/]app[\\/](components|i18n)[\\/]\w+\.tsx?$/.test(id) && !ONE_PAGE.test(id);
  const isOfWizard = /[\\/]app[\\/]routes[\\/]shared[\\/](StepPage|meta|use\w+)\.tsx?$/.test(id);
  return isCommon || isOfWizard ? "frame" : undefined;
}

export default defineConfig(({ isSsrBuild }) => ({
  plugins: [completeLocales(), remix(remixConfig)],
  css: {
    postcss: { plugins: [logical()] },
    preprocessorOptions: { scss: { quietDeps: true, loadPaths: ["node_modules"] } },
  },
  // Unbundled, drizzle-orm costs a second of CPU and 270 MB at start: every module reads a large package.json again.
  ssr: { noExternal: ["drizzle-orm"] },
  build: {
    target: "es2020",
    // The content security policy allows data: URLs for icons only.
    assetsInlineLimit: 0,
    ...(isSsrBuild
      ? {}
      : { rollupOptions: { output: { manualChunks: (id: string) => localeChunk(id) ?? frameChunk(id) } } }),
  },
  // Found only later, these would be bundled again in the middle of the first page, with a second React.
  optimizeDeps: {
    include: [
      "react",
      "react/jsx-runtime",
      "react/jsx-dev-runtime",
      "react-dom/client",
      "@remix-run/react",
      "@remix-run/node",
      "i18next",
      "react-i18next",
      "react-hook-form",
      "@hookform/resolvers/zod",
      "zod",
      "xstate",
      "@xstate/react",
    ],
  },
  resolve: { dedupe: ["react", "react-dom"] },
}));
