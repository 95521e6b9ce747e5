import { expect, test } from "vitest";
import { csvLines, linesOf } from "./report.ts";

const question = { id: "districtOffice", kind: "text", label: "Welches Bürgerhaus?", optional: false } as const;

test("what is wrong with an answer to a question of the authority names the question", () => {
  const problem = { row: 2, person: "Olena TESTENKO", field: question.id, code: "required" } as const;
  const persons = [{ row: 2, name: problem.person }];
  const lines = linesOf({ id: "1", state: "stopped", persons, problems: [problem] }, [question]);
  expect(lines.map(({ text }) => text.de)).toEqual([expect.stringContaining(question.label)]);
  expect(csvLines(lines, [question])).toContain(`;districtOffice (${question.label});`);
});
