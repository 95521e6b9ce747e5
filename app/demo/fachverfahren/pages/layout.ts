import { pagesOf } from "../../common/pages.ts";

/** Frame of every page, and a page with one sentence. */
export const { layout, messagePage } = pagesOf({
  name: "Fachverfahren",
  product: "Fachverfahren Ausländerwesen",
  about: "eines Fachverfahrens. Empfängt Anträge über einen simulierten FIT-Connect-Zustelldienst.",
});
