import { named } from "#tests/support/blocks/matrix.ts";

/** Address and contact of services for people who may be in danger: no e-mail (architecture 9). */
export const safeContact = named(`
  street houseNo addressSuffix coName addressSince registered addressBlocked contactWay trustedAddress phone phoneTimes
  preferredLanguage needs
`);
/** Their declarations: no consent to e-mail. */
export const safeDeclarations = named("declareTrue declareDuties");
