import { describe, expect, test } from "vitest";
import { checkOf } from "#flows/steps/pages.fixture.ts";
import { previousStays } from "#flows/steps/previousStays.ts";
import { entry } from "#flows/steps/stay.ts";

describe("entry", () => {
  test.each([
    [{ entryDateCurrent: "2026-10-18", entryDateFirst: "2017-09-01" }, {}],
    [{ entryDateCurrent: "2026-11-22" }, { entryDateCurrent: "dateInFuture" }],
    [{ entryDateCurrent: "1996-03-01" }, {}],
    [{ entryDateCurrent: "1996-02-29" }, { entryDateCurrent: "dateOrder" }],
    [{ entryDateCurrent: "2026-10-18", entryDateFirst: "2026-10-19" }, { entryDateFirst: "dateOrder" }],
    [{ entryDateCurrent: "2026-10-18", entryDateFirst: "1995-01-01" }, { entryDateFirst: "dateOrder" }],
  ])("%o of a person born in March 1996 gives %o", (values, problems) => {
    expect(checkOf(entry, values, { dateOfBirth: "1996-03" })).toEqual(problems);
  });

  test("nobody entered after the end of the title", () => {
    const given = { titleValidUntil: "2026-11-10" };
    expect(checkOf(entry, { entryDateCurrent: "2026-11-10" }, given)).toEqual({});
    expect(checkOf(entry, { entryDateCurrent: "2026-11-11" }, given)).toEqual({ entryDateCurrent: "dateOrder" });
  });
});

describe("an earlier stay", () => {
  test.each([
    [{ stayFrom: "2017-09", stayTo: "2018" }, {}],
    [{ stayFrom: "2018", stayTo: "2018-01" }, {}],
    [{ stayFrom: "2018-03", stayTo: "2018" }, {}],
    [{ stayFrom: "2018-03", stayTo: "2018-02" }, { stayTo: "dateOrder" }],
    [{ stayFrom: "1996", stayTo: "1997" }, {}],
    [{ stayFrom: "1995", stayTo: "1997" }, { stayFrom: "dateOrder" }],
    [{ stayFrom: "2026", stayTo: "2026-12" }, { stayTo: "dateInFuture" }],
  ])("%o of a person born in March 1996 gives %o", (values, problems) => {
    expect(checkOf(previousStays.item.steps.stay, values, { dateOfBirth: "1996-03" })).toEqual(problems);
  });
});
