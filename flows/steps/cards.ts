import type { PartialDate } from "#flows/engine/dates.ts";
import { page, type Facts, type Problems } from "#flows/engine/facts.ts";
import { choice, choices, conditional, date, optional, partialDate, text, yesNo } from "#flows/engine/fields.ts";
import { protectionStatuses } from "#flows/law/situations/other.ts";
import { documentNumberField } from "#flows/steps/fields.ts";
import { dateOf, notBefore, notInFuture } from "#flows/steps/rules.ts";

/** The passport that the new one replaces; whoever no longer has it leaves out what they do not know. */
export const oldPassport = page("passport", {
  oldPassportNumber: conditional(documentNumberField()),
  oldPassportValidUntil: conditional(date()),
});

/** What on the card is no longer right (§ 45c Abs. 1 Nr. 2 AufenthV). */
export const cardChange = page("card", {
  cardChanges: choices(["name", "nationality", "sex", "address", "wrongData", "otherData"]),
  cardChangeDetails: optional(text({ max: 500, rows: 3 })),
});

const lossFields = {
  lossKind: choice(["lost", "stolen"]),
  lossDate: partialDate(),
  lossPlace: text({ max: 120 }),
  policeReported: yesNo(),
  policeFileNumber: conditional(text({ max: 60, width: "20" })),
} as const;

type Loss = { lossDate?: PartialDate };
const possibleLoss = ({ lossDate }: Loss, facts: Facts): Problems => ({
  ...notInFuture({ lossDate }, facts.today),
  ...notBefore(dateOf(facts, "dateOfBirth"), { lossDate }),
});
const ifReported = { policeFileNumber: ({ answers }: Facts) => answers["policeReported"] === true };

/** When, where and how the card was lost, and whether its online function is blocked (§ 57a AufenthV). */
export const cardLoss = page("card", { ...lossFields, eidBlocked: yesNo() }, possibleLoss, ifReported);

/** The same for a travel document, which has no online function. */
export const documentLoss = page("passport", lossFields, possibleLoss, ifReported);

/** What does not work, and whose fault it is: without own fault the new card is free (§ 45c Abs. 2 AufenthV). */
export const chipDefect = page("card", {
  defectDetails: optional(text({ max: 300, rows: 3 })),
  ownFault: choice(["no", "yes", "unsure"]),
});

/** Protection in Germany: it frees from most fees, and decides which travel document there is (§ 52 Abs. 3 AufenthV). */
export const protectionStatus = page("title", { protectionStatus: choice(protectionStatuses) });

/** The application that is still open (§ 81 Abs. 5 AufenthG). */
export const pendingApplication = page(
  "title",
  { pendingSince: date(), pendingFileNumber: optional(text({ max: 60, width: "20" })) },
  ({ pendingSince }, facts) => ({
    ...notInFuture({ pendingSince }, facts.today),
    ...notBefore(dateOf(facts, "dateOfBirth"), { pendingSince }),
  }),
);

/** Whether the person must travel before the decision. */
export const travelPlans = page(
  "title",
  { plansTravel: yesNo(), travelDetails: conditional(text({ max: 500, rows: 3 })) },
  ({ plansTravel, travelDetails }) => (plansTravel && travelDetails === undefined ? { travelDetails: "required" } : {}),
  { travelDetails: ({ answers }) => answers["plansTravel"] === true },
);
