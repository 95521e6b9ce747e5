import type { Answers } from "#flows/engine/facts.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import type { OtherSituation } from "#flows/law/situations/other.ts";
import type { Service, Subject } from "#flows/services/service.ts";
import {
  frameGuards,
  papers,
  person,
  reach,
  reachArrows,
  shortClosing,
  shortClosingArrows,
  toShortClosing,
} from "#flows/services/shared/frame.ts";
import { known } from "#flows/services/shared/known.ts";
import { leika } from "#flows/services/shared/leika.ts";
import { situationOf } from "#flows/services/shared/situation.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { guests } from "#flows/steps/guests.ts";
import { hostMeans, hostStatus, hostTitle, liability, visit } from "#flows/steps/host.ts";
import { currentJob } from "#flows/steps/means.ts";
import { housing } from "#flows/steps/reference.ts";

// The same questions as everywhere, with reasons that fit a host who may be German.
const host = {
  mrz: person.mrz,
  hostName: person.name,
  hostFormerNames: person.formerNames,
  hostBirth: person.birth,
  hostPaper: papers.passport,
  hostPaperDetails: papers.passportDetails,
  noPassport: papers.noPassport,
} as const;
const steps = {
  ...host,
  hostStatus,
  hostTitle,
  ...reach,
  hostMeans,
  currentJob,
  housing,
  guests,
  visit,
  liability,
  ...shortClosing,
} as const;

type HostAnswers = Answers<typeof steps> & TriageAnswers;

const flow = defineFlow<TriageAnswers>()({
  id: "D-VE",
  initial: "mrz",
  steps,
  guards: {
    ...frameGuards,
    hasLimitedTitle: ({ answers }) => answers.hostStatus === "limitedTitle",
    earnsFromJob: ({ answers }) => answers.incomeSources?.includes("job") ?? false,
  },
  next: {
    mrz: "hostName",
    hostName: [{ guard: "changedName", target: "hostFormerNames" }, "hostBirth"],
    hostFormerNames: "hostBirth",
    hostBirth: "hostPaper",
    hostPaper: [{ guard: "hasNoPassport", target: "noPassport" }, "hostPaperDetails"],
    hostPaperDetails: "hostStatus",
    noPassport: "hostStatus",
    hostStatus: [{ guard: "hasLimitedTitle", target: "hostTitle" }, "address"],
    hostTitle: "address",
    ...reachArrows("hostMeans"),
    hostMeans: [{ guard: "earnsFromJob", target: "currentJob" }, "housing"],
    currentJob: "housing",
    housing: "guests",
    guests: "visit",
    visit: "liability",
    liability: toShortClosing,
    ...shortClosingArrows,
  },
});

/** The guests by name; a host who has named none yet still files for somebody. */
function guestsOf({ guests: list = [] }: HostAnswers): readonly Subject[] {
  const named = list.map(({ guestFamilyName, guestGivenNames }) =>
    known<Subject>({ familyName: guestFamilyName, givenNames: guestGivenNames }),
  );
  return named.length > 0 ? named : [{}];
}

/** A host in Germany answers for the costs of guests (§§ 66 to 68 AufenthG); the host files, the guests are its subjects. */
export const declarationOfCommitment: Service = {
  id: "D-VE",
  version: "1.0.0",
  leika: leika.residencePermit,
  flow,
  subjects: (answers) => guestsOf(answers as HostAnswers),
  situation: (facts) => {
    const answers = facts.answers as HostAnswers;
    const other = known<OtherSituation>({
      hostStatus: answers.hostStatus,
      hostHasJob: answers.incomeSources?.includes("job"),
      hostTitleValidUntil: answers.hostTitleValidUntil,
      visitTo: answers.visitTo,
      guests: answers.guests?.length,
    });
    return situationOf("D-VE", answers, { filer: "host", other });
  },
};
