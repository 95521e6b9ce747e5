import { z } from "zod";
import { problemsOf } from "#app/config/checkFile.ts";
import type { Problem } from "#app/config/errors.ts";
import { suggestion } from "#app/config/nearest.ts";
import type { YamlFile } from "#app/config/yamlFile.ts";

/**
 * What people of the authorities and of the data centre may be. `operator` looks after the machines: queues and error
 * codes, never an application.
 */
export const staffRoles = ["helper", "clerk", "lead", "administrator", "operator"] as const;

/** One of the roles that staff can have. */
export type StaffRole = (typeof staffRoles)[number];

const rule = z.strictObject({
  value: z
    .string()
    .trim()
    .min(1, "is empty")
    .max(200, "is longer than 200 characters")
    .describe("Value of the claim as the login service sends it, letter by letter."),
  role: z.enum(staffRoles).describe(`What these people may do: ${staffRoles.join(", ")}.`),
  authorities: z
    .union([z.literal("all"), z.array(z.string()).min(1, "is empty")])
    .describe("Ids of the authorities they work for, for example [potsdam], or all."),
});

/** Which values of a login give which rights; every key has a description, which error messages use. */
export const staffSchema = z
  .strictObject({
    claim: z
      .string()
      .regex(/^[\w:/.-]{1,100}$/, "is not the name of a claim")
      .describe("Claim of the ID token with the groups of a person, for example groups."),
    rules: z
      .array(rule)
      .min(1, "is empty")
      .describe("One rule for each value; a person has the rights of all that match."),
  })
  .check(({ value: { rules }, issues }) => {
    const values = rules.map(({ value }) => value);
    values.forEach((value, index) => {
      if (values.indexOf(value) === index) return;
      const message = `"${value}" already has a rule`;
      const params = { remedy: "Keep one rule for each value; several roles need several values." };
      issues.push({ code: "custom", path: ["rules", index, "value"], input: value, message, params });
    });
  });

/** The mapping of one environment, checked. */
export type StaffRules = z.infer<typeof staffSchema>;

/** Authorities that a rule names and that this environment does not have. */
export function unknownStaffAuthorities(file: YamlFile, { rules }: StaffRules, ids: readonly string[]): Problem[] {
  return rules.flatMap(({ authorities }, index) => {
    if (authorities === "all") return [];
    return authorities.flatMap((id, position) => {
      if (ids.includes(id)) return [];
      const path = ["rules", index, "authorities", position];
      return problemsOf(file, [{ path, what: `"${id}" is no authority here`, remedy: suggestion(id, ids) }]);
    });
  });
}
