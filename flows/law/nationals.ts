/** States whose nationals may enter and apply for any title here (§ 41 Abs. 1 AufenthV). */
const section41 = new Set("AUS ISR JPN CAN KOR NZL GBR USA".split(" "));
/** States whose nationals may do so unless they take up work (§ 41 Abs. 2 AufenthV). */
const section41WithoutWork = new Set("AND BRA SLV HND MCO SMR".split(" "));
/** States whose nationals may take up any job here (§ 26 Abs. 1 BeschV). */
const section26 = new Set("AND AUS ISR JPN CAN KOR MCO NZL SMR GBR USA".split(" "));
/** States of the western Balkans, with a rule of their own (§ 26 Abs. 2 BeschV). */
const westernBalkans = new Set("ALB BIH XXK RKS XKX MKD MNE SRB".split(" "));
const euAndEea = new Set(
  "AUT BEL BGR CYP CZE DNK ESP EST FIN FRA GRC HRV HUN IRL ISL ITA LIE LTU LUX LVA MLT NLD NOR POL PRT ROU SVK SVN SWE".split(
    " ",
  ),
);

/** True if § 41 AufenthV opens an application here within 90 days after entry. */
export function isSection41(nationalities: readonly string[], forWork: boolean): boolean {
  return nationalities.some((code) => section41.has(code) || (!forWork && section41WithoutWork.has(code)));
}

/** True if § 26 Abs. 1 BeschV opens any job, whatever the qualification. */
export function isSection26(nationalities: readonly string[]): boolean {
  return nationalities.some((code) => section26.has(code));
}

/** True for nationals of the western Balkans (§ 26 Abs. 2 BeschV). */
export function isWesternBalkans(nationalities: readonly string[]): boolean {
  return nationalities.some((code) => westernBalkans.has(code));
}

/** True for nationals of the European Union and the European Economic Area; Switzerland has rules of its own. */
export function isEuOrEea(nationalities: readonly string[]): boolean {
  return nationalities.some((code) => euAndEea.has(code));
}

/** True for nationals who need no title: those above (FreizügG/EU) and the Swiss (§ 28 AufenthV). */
export function hasFreeMovement(nationalities: readonly string[]): boolean {
  return isEuOrEea(nationalities) || nationalities.includes("CHE");
}
