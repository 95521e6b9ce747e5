import type { Answers } from "#flows/engine/facts.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import type { OtherSituation } from "#flows/law/situations/other.ts";
import { isUnionCitizen } from "#flows/services/freeMovement/frame.ts";
import type { Service } from "#flows/services/service.ts";
import {
  cardClosing,
  cardClosingArrows,
  frameGuards,
  opening,
  openingArrows,
  toCardClosing,
} from "#flows/services/shared/frame.ts";
import { known } from "#flows/services/shared/known.ts";
import { leika } from "#flows/services/shared/leika.ts";
import { situationOf } from "#flows/services/shared/situation.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { absences } from "#flows/steps/absences.ts";
import { lawfulStay, unionKinship, unionPerson } from "#flows/steps/freeMovement.ts";

const steps = { ...opening, unionPerson, unionKinship, lawfulStay, absences, ...cardClosing } as const;

const flow = defineFlow<TriageAnswers>()({
  id: "EU-PERM",
  initial: "mrz",
  steps,
  guards: {
    ...frameGuards,
    isUnionCitizen: ({ answers }) => isUnionCitizen(answers),
    // Union citizens get a sheet of paper, not a card.
    offersPost: ({ answers, settings }) => settings.postalDelivery && !isUnionCitizen(answers),
  },
  next: {
    ...openingArrows("unionPerson"),
    previousStays: [{ guard: "isUnionCitizen", target: "lawfulStay" }, "unionPerson"],
    unionPerson: "unionKinship",
    unionKinship: "lawfulStay",
    lawfulStay: "absences",
    absences: toCardClosing,
    ...cardClosingArrows,
  },
});

/** Permanent residence: a certificate for Union citizens, a card for their family (§ 5 Abs. 5 FreizügG/EU). */
export const unionPermanentResidence: Service = {
  id: "EU-PERM",
  version: "1.0.0",
  leika: leika.euPermanentCard,
  flow,
  situation: (facts) => {
    const answers = facts.answers as Answers<typeof steps> & TriageAnswers;
    const other = known<OtherSituation>({
      unionKinship: answers.unionKinship,
      livesHereSince: answers.stayingSince,
      wasAway: answers.absences && answers.absences.length > 0,
    });
    return situationOf("EU-PERM", answers, { other });
  },
};
