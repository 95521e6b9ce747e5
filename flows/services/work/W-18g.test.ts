import { describe, expect, test } from "vitest";
import { factsWith } from "#flows/steps/pages.fixture.ts";
import { law } from "#flows/law/people.fixture.ts";
import { blueCard } from "#flows/services/work/W-18g.ts";

const workOf = (answers: Record<string, unknown>) => blueCard.situation({ ...factsWith(answers), law }).work;
const targetAfter = (step: string, answers: Record<string, unknown>) =>
  (blueCard.flow.arrows[step] ?? []).find(
    ({ guard }) => guard === undefined || blueCard.flow.guards[guard]?.(factsWith(answers)),
  )?.target;

describe("the Blue Card wizard", () => {
  test("a degree counts as new on the day three years later, and not the day after (§ 18g Abs. 1 S. 2 Nr. 2)", () => {
    expect(workOf({ degreeDate: "2023-11-21" })).toMatchObject({ newGraduate: true });
    expect(workOf({ degreeDate: "2023-11-20" })).toMatchObject({ newGraduate: false });
    expect(workOf({})).not.toHaveProperty("newGraduate");
  });

  test("IT without a degree takes three years of experience (§ 18g Abs. 2)", () => {
    expect(workOf({ isItJob: true, itExperienceYears: 3 })).toMatchObject({ itJob: true, itWithoutDegree: true });
    expect(workOf({ isItJob: true, itExperienceYears: 2 })).toMatchObject({ itJob: true, itWithoutDegree: false });
    expect(workOf({ isItJob: false, itExperienceYears: 9 })).toMatchObject({ itJob: false, itWithoutDegree: false });
  });

  test("whoever does not know about the shortage leaves it open", () => {
    expect(workOf({ shortageOccupation: "yes" })).toMatchObject({ shortageOccupation: true });
    expect(workOf({ shortageOccupation: "no" })).toMatchObject({ shortageOccupation: false });
    expect(workOf({ shortageOccupation: "unsure" })).not.toHaveProperty("shortageOccupation");
  });

  test("nobody is asked since when they are single, or since when nobody knows", () => {
    expect(
      ["single", "unknown", "married", "divorced"].map((maritalStatus) =>
        targetAfter("maritalStatus", { maritalStatus }),
      ),
    ).toEqual(["passport", "passport", "maritalSince", "maritalSince"]);
  });

  test("an unknown birth date leaves the age open and nobody is represented for it", () => {
    const answers = { applicantIs: "self", dateOfBirthUnknown: true };
    expect(blueCard.situation(factsWith(answers))).not.toHaveProperty("birth");
    expect(targetAfter("birth", answers)).toBe("appearance");
  });

  test("benefits and representation reach the law engines", () => {
    expect(blueCard.situation(factsWith({ onBenefits: true, representativeRole: "guardian" }))).toMatchObject({
      onBenefits: true,
      filer: "guardian",
    });
  });
});
