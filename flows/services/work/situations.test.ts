import { describe, expect, test } from "vitest";
import type { Service } from "#flows/services/service.ts";
import { workServices } from "#flows/services/work/catalogue.ts";
import { factsWith } from "#flows/steps/pages.fixture.ts";

const situationOf = (service: Service, answers: Record<string, unknown>) => service.situation(factsWith(answers));

describe("answers as the law looks at them", () => {
  test.each([
    ["yes", true],
    ["publicFunds", true],
    ["no", false],
  ])("costs of research covered: %s", (costsCovered, expected) => {
    expect(situationOf(workServices["W-18d"], { costsCovered }).work).toMatchObject({ costsCovered: expected });
  });

  test("whoever is not sure leaves it open", () => {
    const { work: research } = situationOf(workServices["W-18d"], { costsCovered: "unsure" });
    expect(research).not.toHaveProperty("costsCovered");
    const { work: tolerated } = situationOf(workServices["W-19d"], { identityClarified: "unsure" });
    expect(tolerated).not.toHaveProperty("identityClarified");
    const { work: card } = situationOf(workServices["W-20a"], { presentTitlePurpose: "unsure" });
    expect(card?.opportunity).not.toHaveProperty("fittingTitle");
  });

  test("a researcher on a public scholarship pays another fee", () => {
    const answers = { incomeSources: ["scholarship"], publicScholarship: true };
    expect(situationOf(workServices["W-18d"], answers)).toMatchObject({ publicScholarship: true, onBenefits: false });
  });

  test("only a sure collective agreement counts", () => {
    expect(situationOf(workServices["W-19c2"], { tariffBound: "unsure" }).work).toMatchObject({ paysByTariff: false });
  });

  test("whoever is not asked for a partner has none who applies too", () => {
    const { work } = situationOf(workServices["W-20a"], { lawfulHalfYear: true });
    expect(work?.opportunity).toMatchObject({ earlierStay: true, partnerApplies: false });
  });
});

describe("the fast track", () => {
  const worker = { id: "1", workerFamilyName: "PROBESTA", workerGivenNames: "Ines", workerCountry: "PHL" };
  const fastTrack: Service = workServices["W-FAST"];

  test("is filed by the employer about the workers", () => {
    const answers = { applicantIs: "employee", workers: [worker] };
    expect(situationOf(fastTrack, answers)).toMatchObject({
      filer: "employer",
      nationalities: [],
      work: { workers: [{ country: "PHL" }] },
    });
    expect(fastTrack.subjects?.(answers)).toEqual([{ familyName: "PROBESTA", givenNames: "Ines" }]);
  });

  test("is about somebody even before anybody is named", () => {
    expect(fastTrack.subjects?.({ workers: [] })).toEqual([{}]);
    expect(fastTrack.subjects?.({})).toEqual([{}]);
  });
});
