import { figureOf, median, type Figure } from "../figures.ts";
import { applicantOf } from "#app/cli/persona/sample.ts";
import { validatorFor } from "#app/xml/validate.server.ts";
import type { Standard } from "#flows/delivery/standard.ts";
import { standards } from "#flows/delivery/standards.ts";
import { sampleFiling } from "#tests/support/sampleFiling.ts";

const RUNS = 200;
const WARM_UP = 50;

/** The family of four of domain 9 (P9), who ask for temporary protection. */
const family = ["mother", "father", "daughter", "son"].map((name) => `tests/personas/p9-${name}.json`);

function filingsOf(standard: Standard) {
  return family.map((path) => {
    const applicant = applicantOf(path);
    if (!applicant) throw new Error(`xauslaender: ${path} files nothing`);
    return sampleFiling(standard, applicant, { isInline: true });
  });
}

/** Time of mapping a family's four applications to XAusländer and of checking them by its schema, and of making that. */
export function benchXauslaender(): Figure[] {
  const [standard] = standards;
  if (!standard) throw new Error("xauslaender: there is no standard");
  const begun = performance.now();
  const validator = validatorFor(standard);
  const compiled = performance.now() - begun;
  const filings = filingsOf(standard);
  const times = Array.from({ length: WARM_UP + RUNS }, () => {
    const start = performance.now();
    for (const filing of filings) {
      const validity = validator.validate(standard.application(filing).xml);
      if (!validity.ok) throw new Error(`xauslaender: ${validity.reason} in line ${validity.line}`);
    }
    return performance.now() - start;
  });
  return [
    figureOf({ name: "xauslaender.family", value: median(times.slice(WARM_UP)), unit: "ms" }, { atMost: 20 }),
    figureOf({ name: "xauslaender.schema", value: compiled, unit: "ms" }),
  ];
}
