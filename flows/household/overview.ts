import { z } from "zod";
import { relations, type Relation } from "#flows/household/relations.ts";

/** A filed application as the overview of its family shows it. */
export const familyEntry = z.object({
  name: z.string(),
  /** The name in the script of the papers, where it was given. */
  originalName: z.string().optional(),
  /** As far as it is known, e.g. `1990-05`. */
  dateOfBirth: z.string().optional(),
  /** What this person is to the one who began; that one has none. */
  relation: z.enum(relations).optional(),
  reference: z.string(),
  /** German title of the service. */
  service: z.string(),
  filedAt: z.iso.datetime(),
});
export type FamilyEntry = z.infer<typeof familyEntry>;

/** What a payload says of itself. */
type Filed = {
  reference: string;
  filedAt: string;
  service: { title: string };
  subjects: readonly { familyName?: string | undefined; givenNames?: string | undefined }[];
};

type Values = Readonly<Record<string, unknown>>;

const joined = (...parts: readonly unknown[]): string =>
  parts.filter((part) => typeof part === "string" && part !== "").join(" ");

/** The line of a filed application. @param answers what was answered in it */
export function familyEntryOf(
  { reference, filedAt, service, subjects }: Filed,
  answers: Values,
  relation: Relation | undefined,
): FamilyEntry {
  const originalName = joined(answers["givenNamesOriginal"], answers["familyNameOriginal"]);
  const { dateOfBirth } = answers;
  return {
    name: joined(subjects[0]?.givenNames, subjects[0]?.familyName),
    ...(originalName === "" ? {} : { originalName }),
    ...(typeof dateOfBirth === "string" ? { dateOfBirth } : {}),
    ...(relation === undefined ? {} : { relation }),
    reference,
    service: service.title,
    filedAt,
  };
}
