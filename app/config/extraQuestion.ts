import { z } from "zod";
import { text } from "#app/config/parts.ts";

const words = (meaning: string) =>
  z
    .object({ de: text.describe("The German text; it is the one that counts.") })
    .catchall(text)
    .describe(`${meaning} German under "de", translations under their language tags.`);

const option = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][A-Za-z0-9]*$/, "is not made of letters and digits, beginning with a small letter")
    .describe("Stored instead of the words; letters and digits, beginning with a small letter."),
  label: words("What the person chooses."),
});

/** A question that one authority adds (architecture 5, step `authorityQuestions`). */
export const extraQuestion = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z][A-Za-z0-9]*$/, "is not made of letters and digits, beginning with a small letter")
      .max(40, "is longer than 40 characters")
      .describe("Stored with the answer; letters and digits, beginning with a small letter; never change it later."),
    kind: z
      .enum(["yesNo", "choice", "text", "date"])
      .describe("yesNo, choice (with options), text (one line) or date."),
    label: words("The question."),
    hint: words("Help below the question: where to find it, then an example (optional).").optional(),
    options: z
      .array(option)
      .min(2, "has fewer than two options")
      .optional()
      .describe("The options of a choice, at least two; only for kind choice."),
    optional: z.boolean().describe("true: the answer is voluntary; false: it is needed to file."),
  })
  .check(({ value, issues }) => {
    const { kind, options } = value;
    if (kind === "choice" && !options) {
      issues.push({ code: "custom", path: ["options"], input: options, message: "is missing for a choice" });
    }
    if (kind !== "choice" && options) {
      const remedy = "Remove the options, or use kind: choice.";
      const message = `does not fit the kind ${kind}`;
      issues.push({ code: "custom", path: ["options"], input: options, message, params: { remedy } });
    }
    const ids = (options ?? []).map(({ id }) => id);
    ids.forEach((id, index) => {
      if (ids.indexOf(id) === index) return;
      issues.push({ code: "custom", path: ["options", index, "id"], input: id, message: `"${id}" is used twice` });
    });
  });

/** A question as the authority's file has it, with its translations. */
export type ConfiguredQuestion = z.infer<typeof extraQuestion>;

type LocalizedText = { path: (string | number)[]; language: string };

function languagesOf(path: (string | number)[], texts: Record<string, string> | undefined): LocalizedText[] {
  return Object.keys(texts ?? {}).map((language) => ({ path, language }));
}

/** Every translated text of a question: its place below the question and its language. */
export function localizedText(question: ConfiguredQuestion): LocalizedText[] {
  return [
    ...languagesOf(["label"], question.label),
    ...languagesOf(["hint"], question.hint),
    ...(question.options ?? []).flatMap(({ label }, index) => languagesOf(["options", index, "label"], label)),
  ];
}
