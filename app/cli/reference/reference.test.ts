import { expect, test } from "vitest";
import { authorities, districts, plainName } from "#app/cli/reference/authorities.ts";
import { parseCsv } from "#app/cli/reference/csv.ts";
import { ukrainianLetters } from "#app/cli/reference/kmu55.ts";
import { languages } from "#app/cli/reference/languages.ts";
import { latinTypes, mrzLetters } from "#app/cli/reference/latin.ts";
import { options } from "#app/cli/reference/options.ts";
import { states } from "#app/cli/reference/states.ts";

const municipalities = parseCsv(
  'ags,ars,gemeinde,stadtteil\n12054000,120540000000,"Potsdam, Stadt",\n12060052,120600052052,Eberswalde,\n08136088,081365001088,"Aalen, Stadt",\n',
);
const kreise = parseCsv(
  'SCHLUESSEL,Bezeichnung,Hinweis\n12054,"Potsdam, Stadt",\n12060,Barnim,\n08136,Ostalbkreis,\n11001,Mitte,Stadtteil\n',
);

test("cells may be quoted, hold commas and quotes, and be empty", () => {
  expect(parseCsv('\uFEFFa,b,c\r\n"x, y","say ""hi""",\r\n')).toEqual([{ a: "x, y", b: 'say "hi"', c: "" }]);
});

test("names lose their addition and their second language", () => {
  expect(plainName("Cottbus/Chóśebuz, Stadt")).toBe("Cottbus");
  expect(plainName("Frankfurt (Oder), Stadt")).toBe("Frankfurt (Oder)");
});

test("districts are towns, or named as the state names them; city quarters are left out", () => {
  expect(districts(kreise, municipalities).map((row) => [row.name, row.isCity])).toEqual([
    ["Potsdam", true],
    ["Landkreis Barnim", false],
    ["Ostalbkreis", false],
  ]);
});

test("a town with an office of its own stands beside its district; reception centres are no authority", () => {
  const list = parseCsv(
    "bhknz,behoerdenart,ebene,kreis_schluessel,ags,gemeinde\n" +
      '000100,Ausländerbehörde,gemeinde,08136,08136088,"Aalen, Stadt"\n' +
      "002100,Ausländerbehörde,kreis,08136,,\n" +
      "074302,Erstaufnahmeeinrichtung,kreis,12060,,\n",
  );
  const found = authorities(list, districts(kreise, municipalities), municipalities);
  expect(found.map((row) => [row.ars, row.bhknz, row.certainty])).toEqual([
    ["120540000000", "", "confirmed"],
    ["120600000000", "", "confirmed"],
    ["081360000000", "002100", "assumed"],
    ["081365001088", "000100", "assumed"],
  ]);
});

test("states join both lists, former ones are marked, unusable keys dropped", () => {
  const joined = states(
    parseCsv("schluessel-staat,staatenname-kurz,staatsangehoerigkeit,iso-3,iso-2\n436,Indien,indisch,IND,IN\n"),
    parseCsv(
      "DESTATIS-Schluessel-Staatsangehoerigkeit,Suchbegriff,Staatsangehoerigkeit,Staatsname-kurz,ISO-3,ISO-2\n" +
        "436,Indien,indisch,Indien,IND,IN\n159,Sowjetunion,sowjetisch,Sowjetunion,SUN,SU\n999,ohne Angabe,ohne Angabe,–,–,–\n997,staatenlos,staatenlos,–,XXA,XA\n",
    ),
  );
  expect(joined).toEqual([
    {
      key: "159",
      iso3: "SUN",
      iso2: "SU",
      name: "Sowjetunion",
      nationality: "sowjetisch",
      use: "nationality",
      historic: true,
    },
    { key: "436", iso3: "IND", iso2: "IN", name: "Indien", nationality: "indisch", use: "both" },
    { key: "997", iso3: "XXA", iso2: "", name: "staatenlos", nationality: "staatenlos", use: "nationality" },
  ]);
});

test("an answer whose key the list lacks stops the import", () => {
  expect(() => options({ single: "ZZ" }, [{ key: "LD", name: "ledig" }], "key", "name")).toThrow("ZZ");
});

test("languages are those with a key of the Ausländerzentralregister, in the order of their keys", () => {
  const list = parseCsv("ISO-Code,ISO-Wert,AZR-KDS-Code\nukr,Ukrainisch,119\nabk,Abchasisch,\nara,Arabisch,004\n");
  expect(languages(list)).toEqual([
    { iso: "ara", name: "Arabisch", azr: "004" },
    { iso: "ukr", name: "Ukrainisch", azr: "119" },
  ]);
});

const characters = parseCsv(
  "codepoints,char,icao_mrz,datatypes_2022\n0041,A,A,ABCDE\n0042,B,B,ABCDE\n0044,D,D,ABCDE\n0031,1,1,BCDE\n03A9,Ω,,DE\n" +
    "00C4,Ä,AE,ABCDE\n00E4,ä,AE,ABCDE\n00C9,É,E,ABCDE\n0141,Ł,L,ABCDE\n0041 030B,A\u030b,A,ABCDE\n",
);

test("letters of names are ranges of code points and sequences; those of places come on top", () => {
  expect(latinTypes(characters)).toEqual({
    A: { ranges: "41-42 44 c4 c9 e4 141", sequences: "41+30b" },
    B: { ranges: "31", sequences: "" },
  });
});

test("Ukrainian letters, with those that are written otherwise at the start of a word", () => {
  const table = parseCsv("cyrillic_upper,latin,latin_at_word_start\nА,A,\nЄ,IE,YE\nЬ,,\n");
  expect(ukrainianLetters(table)).toEqual({ letters: { А: "A", Є: "IE", Ь: "" }, atStart: { Є: "YE" } });
});

test("letters that the zone writes otherwise than without their marks", () => {
  expect(mrzLetters(characters)).toEqual({ Ä: "AE", Ł: "L" });
});
