import { page } from "#flows/engine/facts.ts";
import { choice, money, sensitive, text } from "#flows/engine/fields.ts";
import { closeKinships, unionKinships, unionStatuses } from "#flows/law/situations/other.ts";
import { unbrokenStay } from "#flows/steps/protection.ts";
import { referencePerson } from "#flows/steps/reference.ts";

/** The Union citizen whom the right depends on (§ 1 Abs. 2 FreizügG/EU). */
export const unionPerson = page("family", referencePerson.fields, referencePerson.check);

/** What that person does in Germany: of those who do not work, insurance and means count (§ 4 FreizügG/EU). */
export const unionStatus = page("family", { unionPersonStatus: choice(unionStatuses) });

/** What the applicant is to that person (§ 1 Abs. 2 Nr. 3 FreizügG/EU). */
export const unionKinship = page("family", { unionKinship: choice(unionKinships) });

/** The same for close persons (§ 3a FreizügG/EU). */
export const closeKinship = page("family", { closeKinship: choice(closeKinships) });

/** How one depends on the other (§ 3a Abs. 1 FreizügG/EU); serious illness is one of the reasons. */
export const dependency = page("family", {
  dependencyDetails: sensitive(text({ max: 1000, rows: 5 }), "health"),
});

/** Money of people who do not work (§ 4 FreizügG/EU). */
export const unionMeans = page("insurance", { jointMonthlyMeans: money(0, 9_999_900) });

/** Since when the person lives here lawfully (§ 4a FreizügG/EU, Art. 15 of the Withdrawal Agreement). */
export const lawfulStay = page("stay", unbrokenStay.fields, unbrokenStay.check);
