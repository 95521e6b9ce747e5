import type { Standard } from "#flows/delivery/standard.ts";
import { xauslaender2611 } from "#flows/delivery/xauslaender2611/standard.ts";

/** Every version of a standard that authorities can choose; several serve side by side. */
export const standards: readonly Standard[] = [xauslaender2611];
