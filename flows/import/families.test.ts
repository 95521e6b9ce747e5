import { expect, test } from "vitest";
import { columnsFor } from "#flows/import/columns.ts";
import { checkFamilies } from "#flows/import/families.ts";
import { law } from "#flows/law/people.fixture.ts";
import { fullSettings } from "#flows/services/registry.ts";
import { member, onePerson, type Cells } from "#tests/support/importFiles.ts";

const checking = {
  columns: columnsFor(fullSettings),
  setting: { settings: fullSettings, law, today: "2026-11-21" },
  isElsewhere: () => false,
  mostPersons: 10,
};

/** A mother who left Ukraine in 2022 and her child, which has nothing of its own but name and birth. */
function family(child: Cells) {
  const mother = onePerson(0, { leftUkraineOn: "03.2022" });
  const rows = [mother, member(1, "F0", "child", { maritalStatus: "", ...child })];
  const [found] = checkFamilies(
    rows.map((cells, index) => ({ row: index + 2, cells })),
    checking,
  );
  return found ?? expect.fail("no family");
}

test("a child that was born on the way has no part in what was before, and is asked for no marital status", () => {
  const { problems, applicants } = family({
    dateOfBirth: "01.05.2024",
    countryOfBirth: "POL",
    placeOfBirth: "Warszawa",
    issuedOn: "01.06.2025",
  });
  expect(problems).toEqual([]);
  const stored = applicants[1]?.stored ?? {};
  expect(stored).not.toHaveProperty("leftUkraineOn");
  expect(stored).toMatchObject({ entryDateCurrent: "2026-11-10", street: "Musterallee", applicantIs: "child" });
});

test("a child of Ukraine shares the way of its mother", () => {
  const { problems, applicants } = family({ dateOfBirth: "01.05.2012" });
  expect(problems).toEqual([]);
  expect(applicants[1]?.stored).toMatchObject({ leftUkraineOn: "2022-03", ukrainePlace: "Kharkiv" });
});
