import type { IsoDate } from "#flows/engine/dates.ts";
import { ageBand } from "#flows/law/age.ts";
import { reaches } from "#flows/law/languageLevel.ts";
import { lawValue, type Law } from "#flows/law/law.ts";
import type { Situation } from "#flows/law/situation.ts";

/** What brings points; each has its row `points.<reason>` in `config/law/points.json`. */
const pointReasons = [
  "partialRecognition",
  "germanB2",
  "germanB1",
  "germanA2",
  "englishC1",
  "experienceLong",
  "experienceShort",
  "shortage",
  "ageYoung",
  "ageMiddle",
  "earlierStay",
  "partner",
] as const;
type PointReason = (typeof pointReasons)[number];

/** A merit that holds, does not, or is not known yet. */
type Merit = readonly [PointReason, boolean | undefined];

/** The points of a person with the reason of each; `most` counts what is not known yet in the person's favour. */
type Points = {
  lines: readonly { reason: PointReason; points: number }[];
  sum: number;
  most: number;
};

const atLeast = (years: number | undefined, needed: number | undefined): boolean | undefined =>
  years === undefined || needed === undefined ? undefined : years >= needed;

/** True for people who are at most that many full years old. */
function isAtMost(birth: Situation["birth"], today: IsoDate, limit: number | undefined): boolean | undefined {
  if (limit === undefined) return undefined;
  return { below: true, reached: false, open: undefined }[ageBand(birth, today, limit + 1)];
}

/** The merits of § 20b Abs. 1 AufenthG; of those in one list the first that holds counts alone. */
function meritsOf({ birth, work = {} }: Situation, law: Law, today: IsoDate): readonly (readonly Merit[])[] {
  const { german, yearsOfFive, shortageOccupation, opportunity = {} } = work;
  const row = (id: string) => lawValue(law, id);
  return [
    [["partialRecognition", opportunity.partialRecognition]],
    [
      ["germanB2", reaches(german, "b2")],
      ["germanB1", reaches(german, "b1")],
      ["germanA2", reaches(german, "a2")],
    ],
    [["englishC1", reaches(opportunity.english, "c1")]],
    [
      ["experienceLong", atLeast(opportunity.yearsOfSeven, row("points.experienceLongYears"))],
      ["experienceShort", atLeast(yearsOfFive, row("points.experienceShortYears"))],
    ],
    [["shortage", shortageOccupation]],
    [
      ["ageYoung", isAtMost(birth, today, row("age.pointsYoung"))],
      ["ageMiddle", isAtMost(birth, today, row("age.pointsMiddle"))],
    ],
    [["earlierStay", opportunity.earlierStay]],
    [["partner", opportunity.partnerApplies]],
  ];
}

/** Adds the points of the opportunity card, each with its reason; `undefined` while a row of the law is missing. */
export function pointsOf(situation: Situation, law: Law, today: IsoDate): Points | undefined {
  const worth = new Map(pointReasons.map((reason) => [reason, lawValue(law, `points.${reason}`)]));
  if ([...worth.values()].includes(undefined)) return undefined;
  const pointsFor = (merit: Merit | undefined) => (merit === undefined ? 0 : (worth.get(merit[0]) ?? 0));
  const groups = meritsOf(situation, law, today);
  const sure = groups.flatMap((group) => group.filter(([, holds]) => holds === true).slice(0, 1));
  const possible = groups.map((group) => group.find(([, holds]) => holds !== false));
  const lines = sure.map((merit) => ({ reason: merit[0], points: pointsFor(merit) }));
  return {
    lines,
    sum: lines.reduce((total, { points }) => total + points, 0),
    most: possible.reduce((total, merit) => total + pointsFor(merit), 0),
  };
}
