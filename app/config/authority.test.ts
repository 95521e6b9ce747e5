import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { authoritySchema } from "#app/config/authority.ts";
import { brandCss } from "#app/config/brand.server.ts";
import { competentAuthority } from "#app/config/competence.ts";
import { hoursInWords } from "#app/config/hours.ts";
import { operatorSchema } from "#app/config/operator.ts";
import { keysBelow, schemaTree } from "#app/config/schemaKeys.ts";
import { settingsOf } from "#app/config/settings.ts";

const read = (id: string) =>
  authoritySchema.parse(parse(readFileSync(`config/environments/demo/authorities/${id}.yaml`, "utf8")));
const [barnim, potsdam, uckermark] = [read("barnim"), read("potsdam"), read("uckermark")];

const described = (schema: Parameters<typeof schemaTree>[0]) => keysBelow(schemaTree(schema));

describe("descriptions", () => {
  test("every key of an authority says what belongs there", () => {
    expect(described(authoritySchema).filter(({ description }) => !description)).toEqual([]);
    expect(described(authoritySchema).length).toBeGreaterThan(60);
  });

  test("every key of the operator says what belongs there", () => {
    expect(described(operatorSchema).filter(({ description }) => !description)).toEqual([]);
  });

  test.each([
    ["docs/authority.md", authoritySchema],
    ["docs/operation.md", operatorSchema],
  ])("%s explains every key and no key that does not exist", (file, schema) => {
    const table = /^\| Key .*\n(?:\|.*\n?)*/m.exec(readFileSync(file, "utf8"))?.[0] ?? "";
    const rows = [...table.matchAll(/^\| `([a-z][A-Za-z.[\]]*)` +\|/gm)].map(([, key]) => key);
    expect(rows.toSorted()).toEqual(
      described(schema)
        .map(({ path }) => path)
        .toSorted(),
    );
  });
});

test("the annotated sample of docs/authority.md is a valid file", () => {
  const sample = /```yaml\n([\s\S]*?)```/.exec(readFileSync("docs/authority.md", "utf8"))?.[1];
  expect(authoritySchema.safeParse(parse(sample ?? "")).error).toBeUndefined();
});

describe("competence", () => {
  test("a municipality belongs to the authority of its district", () => {
    expect(competentAuthority([barnim, potsdam, uckermark], "12060052")?.id).toBe("barnim");
    expect(competentAuthority([barnim, potsdam, uckermark], "12054000")?.id).toBe("potsdam");
  });

  test("an excepted municipality does not belong to the district around it", () => {
    expect(competentAuthority([uckermark], "12073008")?.id).toBe("uckermark");
    expect(competentAuthority([uckermark], "12073532")).toBeUndefined();
  });

  test("a place of no connected authority has none", () => {
    expect(competentAuthority([barnim, potsdam], "11000000")).toBeUndefined();
  });
});

describe("settings of the wizard", () => {
  test("texts come in the person's language where the authority gave them", () => {
    const labels = settingsOf(barnim, "en").extraQuestions.map(({ label }) => label);
    expect(labels[0]).toBe("Have you been to the immigration office of Barnim before?");
  });

  test("texts without translation stay German", () => {
    const questions = settingsOf(barnim, "vi").extraQuestions;
    expect(questions[0]?.label).toBe("Waren Sie schon einmal bei der Ausländerbehörde Barnim?");
  });

  test("an authority without questions has none and keeps its switches", () => {
    expect(settingsOf(potsdam, "de")).toMatchObject({ extraQuestions: [], askOffences: true, postalDelivery: true });
    expect(settingsOf(potsdam, "de")).toMatchObject({ militaryQuestion: false, registrationFirst: false });
  });
});

test("opening hours name the days in the person's language, Monday first", () => {
  const hours = { days: ["th" as const, "mo" as const], from: "09:00", to: "12:00" };
  expect(hoursInWords(hours, "de")).toEqual({ days: "Mo, Do", from: "09:00", to: "12:00" });
  expect(hoursInWords(hours, "en").days).toBe("Mon, Thu");
});

test("the brand becomes the custom properties of both schemes and dark gives way to a fixed light theme", () => {
  const css = brandCss(potsdam.brand);
  expect(css).toContain(":root{--ao-color-brand:#1f4e5f;--ao-color-on-brand:#ffffff}");
  expect(css).toContain('@media screen and (prefers-color-scheme:dark){:root:not([data-kern-theme="light"])');
  expect(css).toContain("--ao-color-brand:#8fc3d4;--ao-color-on-brand:#0d0f18");
});
