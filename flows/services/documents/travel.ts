import type { IsoDate } from "#flows/engine/dates.ts";
import type { Answers, Facts } from "#flows/engine/facts.ts";
import type { Situation } from "#flows/law/situation.ts";
import type { OtherSituation } from "#flows/law/situations/other.ts";
import { documentOpening, protectionFact } from "#flows/services/documents/frame.ts";
import { shortClosing, toShortClosing } from "#flows/services/shared/frame.ts";
import { known } from "#flows/services/shared/known.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { documentLoss, protectionStatus } from "#flows/steps/cards.ts";
import { earlierDocument, statelessness } from "#flows/steps/travelDocuments.ts";

/** The travel document that the person had before, and its loss: what every travel document asks. */
export const earlierPages = { earlierDocument, documentLoss } as const;

/** Pages of a travel document after its own ones: it is collected, so nothing is sent by post (domain 2.8). */
export const travelClosing = { ...earlierPages, ...shortClosing } as const;

const all = { ...documentOpening, protectionStatus, statelessness, ...travelClosing } as const;
type TravelAnswers = TriageAnswers & Answers<typeof all>;

/** Guards on the arrows of these pages. */
export const travelGuards = {
  hasLostDocument: ({ answers }: Facts<TravelAnswers>) => answers.earlierDocument === "lost",
};

/** Arrows of the pages on the earlier document. */
export const travelArrows = {
  earlierDocument: [{ guard: "hasLostDocument", target: "documentLoss" }, ...toShortClosing],
  documentLoss: toShortClosing,
} as const;

/** Protection, passport and loss as the law looks at them; what is not answered yet stays out. */
export function travelSituation(answers: TravelAnswers, today: IsoDate, own: OtherSituation = {}): Partial<Situation> {
  const { docType, validUntil } = answers;
  const other = known<OtherSituation>({
    protectionStatus: answers.protectionStatus,
    statelessness: answers.statelessness,
    hasNoPassport: docType === undefined ? undefined : docType === "none",
    holdsValidPassport: docType === "passport" && validUntil !== undefined ? validUntil >= today : undefined,
    lossKind: answers.lossKind,
    policeReported: answers.policeReported,
    ...own,
  });
  return { ...protectionFact(answers), other };
}
