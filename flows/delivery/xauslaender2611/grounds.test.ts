import { describe, expect, test } from "vitest";
import { answersIn } from "#flows/delivery/answers.ts";
import { conditionText, requestGround, stayGround } from "#flows/delivery/xauslaender2611/grounds.ts";
import { chosen, payloadWith } from "#flows/delivery/xauslaender2611/payload.fixture.ts";
import { xauslaenderModel } from "#flows/delivery/xauslaender2611/model.ts";
import { services } from "#flows/services/registry.ts";

const answers = (choices: Readonly<Record<string, string>>) =>
  answersIn(payloadWith("x", Object.fromEntries(Object.entries(choices).map(([name, one]) => [name, chosen(one)]))));

describe("why somebody applies", () => {
  test.each([
    ["W-18b", { request: "first" }, "01", true],
    ["W-18b", { request: "extension" }, "02", true],
    ["A-16b", { request: "change" }, "01", true],
    ["H-24", {}, "01", true],
    ["H-24", { protectionTitle: "ended" }, "02", true],
    ["N-9", { request: "permanent" }, "04", true],
    ["N-9a", { request: "permanent" }, "04", false],
    ["C-WORK", { employmentWish: "newEmployer", currentTitleType: "blueCard" }, "03", true],
    ["C-WORK", { employmentWish: "allow", currentTitleType: "residencePermit" }, "05", true],
    ["C-WORK", { employmentWish: "newEmployer", currentTitleType: "duldung" }, "05", true],
    ["C-COND", {}, "03", true],
    ["C-RES", {}, "03", true],
    ["G-DULD", { tolerationReason: "job" }, "06", true],
    ["G-DULD", { tolerationReason: "training" }, "07", true],
    ["G-DULD", { tolerationReason: "health" }, "02", false],
    ["G-GEST", {}, "02", false],
    ["D-CARD-L", {}, "02", false],
    ["D-RA-F", {}, "01", false],
    ["D-AE", { substituteWish: "moreTime" }, "02", false],
    ["D-FIKT", { currentTitleType: "fiktion" }, "02", false],
    ["EU-GB", {}, "01", true],
  ])("for %s with %j is %s", (service, choices, code, isExact) => {
    expect(requestGround(service, answers(choices))).toEqual({ code, isExact });
  });

  test.each([
    ["FAM-30", {}, "01", true],
    ["A-16b", {}, "02", true],
    ["W-18g", {}, "03", true],
    ["H-25-3", {}, "04", true],
    ["H-24", {}, "04", true],
    ["N-9", {}, "05", false],
    ["N-18c1", {}, "03", true],
    ["N-26", {}, "04", true],
    ["C-RES", {}, "04", true],
    ["G-DULD", { tolerationReason: "training" }, "02", true],
    ["G-DULD", { tolerationReason: "health" }, "05", false],
    ["EU-GB", {}, "05", false],
    ["EU-CARD3a", {}, "05", false],
    ["D-FIKT", {}, "05", false],
  ])("and the stay is for: %s with %j is %s", (service, choices, code, isExact) => {
    expect(stayGround(service, answers(choices))).toEqual({ code, isExact });
  });

  test("is a code of the lists for every service", () => {
    const { "Code.OZG.Antragsgrund": requests, "Code.OZG.Aufenthaltsgrund": stays } = xauslaenderModel.codes;
    for (const service of Object.keys(services)) {
      expect(requests?.values).toHaveProperty(requestGround(service, answers({})).code);
      expect(stays?.values).toHaveProperty(stayGround(service, answers({})).code);
    }
  });
});

describe("the condition that is to change", () => {
  test("is told in words with its reason", () => {
    const { data } = payloadWith("C-COND", { conditionSubject: chosen("travel", "Reisen"), conditionReason: "Besuch" });
    expect(conditionText("C-COND", answersIn({ data }))).toBe("Reisen; Grund: Besuch");
  });

  test("is told with the places of the obligation to live somewhere", () => {
    const told = { obligationArea: "Landkreis A", targetPostalCode: "14467", targetPlace: "Potsdam" };
    const { data } = payloadWith("C-RES", { residenceReason: chosen("job", "Arbeit"), ...told });
    expect(conditionText("C-RES", answersIn({ data }))).toBe(
      "Grund: Arbeit; bisher: Landkreis A; künftig: 14467 Potsdam",
    );
  });

  test("is none where no condition is to change", () => {
    expect(conditionText("C-WORK", answers({ employmentWish: "allow" }))).toBeUndefined();
    expect(conditionText("W-18b", answers({ employmentWish: "newEmployer" }))).toBeUndefined();
  });
});
