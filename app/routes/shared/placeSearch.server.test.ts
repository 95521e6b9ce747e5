import { describe, expect, test } from "vitest";
import { agsOf } from "#app/config/competence.ts";
import { deployed } from "#app/config/deployed.ts";
import { loadConfig } from "#app/config/load.server.ts";
import { searchOf } from "#app/routes/shared/authorities.server.ts";
import { authoritiesOf } from "#app/routes/shared/placeSearch.server.ts";
import { requirePage } from "#app/routes/shared/request.server.ts";

const { authorities } = loadConfig({ root: process.cwd(), environment: "demo", mode: "demo", known: deployed });
const page = requirePage(new Request("http://127.0.0.1/de"), { lng: "de" });
const search = (typed: string) => searchOf(page, authorities, typed);

test("a municipal key is the regional key without the association's four digits", () => {
  expect(agsOf("120540000000")).toBe("12054000");
  expect(agsOf("120735310532")).toBe("12073532");
});

describe("the search by postal code", () => {
  test("says nothing before something was typed", () => {
    expect(search("")).toEqual({});
  });

  test.each(["1446", "144670", "Potsdam", "１４４６７"])("asks for five digits instead of %s", (typed) => {
    const { error, result } = search(typed);
    expect(error).toContain("5 Ziffern");
    expect(result).toBeUndefined();
  });

  test("leads to the competent authority when it is connected", () => {
    expect(search("14467").result).toEqual({
      tone: "success",
      title: "In der Regel ist diese Behörde für Sie da:",
      entries: [{ name: "Landeshauptstadt Potsdam", note: "Antrag online möglich", href: "/de/potsdam" }],
    });
  });

  test("names a competent authority that is not connected, without a link", () => {
    const { result } = search("10115");
    expect(result?.tone).toBe("warning");
    expect(result?.entries).toHaveLength(1);
    expect(result?.entries[0]).not.toHaveProperty("href");
  });

  test("lists every authority of a postal code that reaches into several districts, with its places", () => {
    const hits = authoritiesOf(authorities, "14943");
    expect(hits.map(({ name }) => name).toSorted()).toEqual([
      "Ausländerbehörde Landkreis Teltow-Fläming",
      "Landkreis Potsdam-Mittelmark",
    ]);
    expect(hits.flatMap(({ places }) => places)).toContain("Luckenwalde");
    expect(search("14943").result?.entries.every(({ places }) => places)).toBe(true);
  });

  test("an unknown postal code leads nowhere and says so", () => {
    expect(search("00000").result).toMatchObject({ tone: "warning", entries: [] });
  });
});
