import { expect, test } from "vitest";
import { answersIn } from "#flows/delivery/answers.ts";

const data = {
  person: { familyName: "SHARMA", heightCm: 168, doctorate: "", sex: { code: "w", text: "weiblich" } },
  start: { nationalities: [{ code: "436", text: "indisch" }], isRegistered: true },
  questions: [{ id: "own", label: "Eigenes Zimmer?", answer: true }],
  absences: [
    { id: "1", absenceFrom: "2020" },
    { id: "2", absenceFrom: "2021-05" },
  ],
};

test("answers are found by their fields, whatever section they stand in", () => {
  const answers = answersIn({ data });
  expect(answers.text("familyName")).toBe("SHARMA");
  expect(answers.number("heightCm")).toBe(168);
  expect(answers.code("sex")).toEqual({ code: "w", text: "weiblich" });
  expect(answers.codes("nationalities").map(({ code }) => code)).toEqual(["436"]);
  expect(answers.isYes("isRegistered")).toBe(true);
  expect(answers.names).toEqual(["familyName", "heightCm", "doctorate", "sex", "nationalities", "isRegistered"]);
});

test("what was not answered, or is of another kind, is not there", () => {
  const answers = answersIn({ data });
  expect(answers.text("givenNames")).toBeUndefined();
  expect(answers.text("doctorate")).toBeUndefined();
  expect(answers.text("heightCm")).toBeUndefined();
  expect(answers.number("familyName")).toBeUndefined();
  expect(answers.code("nationalities")).toBeUndefined();
  expect(answers.codes("sex")).toEqual([]);
  expect(answers.isYes("familyName")).toBe(false);
});

test("entries of a list have answers of their own", () => {
  const answers = answersIn({ data });
  expect(answers.list("absences").map((absence) => absence.text("absenceFrom"))).toEqual(["2020", "2021-05"]);
  expect(answers.text("absenceFrom")).toBeUndefined();
  expect(answers.list("family")).toEqual([]);
  expect(answers.list("person")).toEqual([]);
});
