/** Answers on marital status, in the order of the form. */
export const maritalStatuses = [
  "single",
  "married",
  "civilPartnership",
  "divorced",
  "widowed",
  "marriageAnnulled",
  "civilPartnershipDissolved",
  "civilPartnershipWidowed",
  "civilPartnershipDeclaredDead",
  "unknown",
] as const;

/** Answers on sex; `x` is "no entry". */
export const sexes = ["w", "m", "d", "x"] as const;

/** Eye colours of the card (domain 2.1). No official list is known; payloads carry the German word. */
export const eyeColours = ["blue", "grey", "green", "brown", "black"] as const;
