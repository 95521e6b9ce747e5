import { describe, expect, test } from "vitest";
import { answersIn } from "#flows/delivery/answers.ts";
import { sortDocuments } from "#flows/delivery/xauslaender2611/documents.ts";
import { tinyDocument } from "#flows/delivery/xauslaender2611/envelope.fixture.ts";
import { createNotes } from "#flows/delivery/xauslaender2611/notes.ts";
import { chosen, indian, payloadWith } from "#flows/delivery/xauslaender2611/payload.fixture.ts";
import { personOf } from "#flows/delivery/xauslaender2611/person.ts";
import { addRemarks } from "#flows/delivery/xauslaender2611/remarks.ts";

const pages = [tinyDocument("PASS"), tinyDocument("TITLE")];

/** The person, and what is left for the notes. */
function personWith(answers: object, documents = [] as typeof pages, service = "W-18b") {
  const payload = payloadWith(service, { nationalities: [indian], ...answers });
  const notes = createNotes();
  const read = answersIn(payload);
  const person = personOf(notes, read, sortDocuments(payload, documents), service);
  addRemarks(notes, read);
  return { person, notes: notes.text() ?? "" };
}

describe("the person of a message", () => {
  test("has all that was told, in the codes of the standard", () => {
    const { person } = personWith({
      familyName: "NOVÁK",
      givenNames: "Jan",
      birthName: "DVOŘÁK",
      otherNames: "Honza",
      sex: chosen("m"),
      dateOfBirth: "1990-05",
      placeOfBirth: "Brno",
      countryOfBirth: { code: "164", text: "Tschechien" },
      heightCm: 168,
      eyeColour: chosen("brown", "braun"),
      maritalStatus: chosen("LD", "ledig"),
      street: "Musterallee",
      houseNo: "1",
      postalCode: "14467",
      place: "Potsdam",
      email: "p@example.org",
      phone: "0151 1234567",
    });
    expect(person).toMatchObject({
      familienname: { name: "NOVÁK" },
      vorname: { name: "Jan" },
      weitererName: ["DVOŘÁK", "Honza"],
      geschlecht: { geschlecht: "m" },
      geburt: {
        geburtsort: { ort: "Brno" },
        geburtsortStaat: { staatsangehoerigkeit: "164" },
        tagDerGeburt: { teilbekanntesDatum: { jahrMonat: "1990-05" } },
      },
      personenbeschreibung: { koerpergroesse: 168, augenfarbe: "06" },
      familienstand: { familienstand: "LD" },
      staatsangehoerigkeit: [{ staatsangehoerigkeit: "436" }],
      anschrift: { strasse: "Musterallee", hausnummer: "1", postleitzahl: "14467", wohnort: "Potsdam" },
      vertrauensniveau: {
        vorname: false,
        familienname: false,
        geburt: { geburtsort: false, geburtsortStaat: false, tagDerGeburt: false },
        staatsangehoerigkeit: [false],
        anschrift: false,
        kommunikation: [false, false],
      },
    });
  });

  test("has no name instead of a dash, and unknown what the short path does not ask", () => {
    const { person } = personWith({ noFamilyName: true, givenNames: "Budi" });
    expect(person).toMatchObject({
      familienname: { nichtVorhanden: true },
      vorname: { name: "Budi" },
      geschlecht: {},
      geburt: { geburtsort: { unbekannt: true }, tagDerGeburt: { unbekannt: true } },
      familienstand: { familienstand: "NB" },
    });
    expect(person["anschrift"]).toBeUndefined();
  });

  test.each([
    [["997", "166"], ["997", "166"], false],
    [["436", "166", "000"], ["436", "166", "000"], false],
    [["ZZZ"], ["999"], true],
    [["436", "ZZZ"], ["436"], true],
  ])("has the nationalities %j as %j, and a note if one has no key", (codes, keys, isNoted) => {
    const { person, notes } = personWith({ nationalities: codes.map((code) => chosen(code)) });
    expect(person["staatsangehoerigkeit"]).toEqual(keys.map((staatsangehoerigkeit) => ({ staatsangehoerigkeit })));
    expect(notes.includes("Staatsangehörigkeiten")).toBe(isNoted);
  });

  test("notes a state of birth that the list of nationalities lacks", () => {
    const { person, notes } = personWith({ countryOfBirth: { code: "533", text: "Niue" } });
    expect(person["geburt"]).toMatchObject({ geburtsortStaat: undefined });
    expect(notes).toContain("Geburtsstaat: Niue");
  });
});

describe("the passport of a person", () => {
  const known = { number: "X0000001", issuedOn: "2021-01-10", validUntil: "2031-01-10", docType: chosen("07", "Pass") };

  test("stands with its pages, once number and both dates are known", () => {
    const { person, notes } = personWith(known, pages);
    expect(person["ausweisdokument"]).toEqual({
      ausweisseite: [{ dokument: "JVBERi0xLjcK", dokumententyp: "1" }],
      gueltigkeitszeitraum: { von: "2021-01-10", bis: "2031-01-10" },
      seriennummer: "X0000001",
    });
    expect(notes).toContain("Art: Pass");
    expect(notes).not.toContain("X0000001");
  });

  test.each([
    ["without pages", known, [] as typeof pages],
    ["without end", { ...known, validUntil: undefined, unlimited: true }, pages],
  ])("%s is noted instead", (_case, answers, documents) => {
    const { person, notes } = personWith(answers, documents);
    expect(person["ausweisdokument"]).toBeUndefined();
    expect(notes).toContain("Nummer: X0000001");
    expect(notes).toContain("ausgestellt am: 10.01.2021");
  });
});

describe("the paper for the stay", () => {
  test.each([
    [{ currentTitleType: chosen("residencePermit") }, pages, { aufenthaltsdokument: [expect.anything()] }],
    [{ currentTitleType: chosen("none") }, [], { visumsfreieEinreise: "nach eigenen Angaben" }],
    [{ currentTitleType: chosen("none"), fledUkraine: true }, [], { visumsfreieEinreise: "UkraineAufenthÜV" }],
    [{ currentTitleType: chosen("blueCard") }, [], { deutschesAufenthaltsdokumentVorhanden: true }],
    [{ currentTitleType: chosen("blueCard"), cardGoal: chosen("lost") }, [], undefined],
    [{ currentTitleType: chosen("otherEuTitle") }, [], undefined],
    [{ currentTitleType: chosen("noStatus") }, [], undefined],
    [{}, [], undefined],
  ])("of %j with %j is %j", (answers, documents, paper) => {
    expect(personWith(answers, documents).person["aufenthaltsdokument"]).toEqual(paper);
  });

  test("of a child born here does not say that it entered", () => {
    const { person } = personWith({ currentTitleType: chosen("none") }, [], "FAM-33");
    expect(person["aufenthaltsdokument"]).toBeUndefined();
  });
});

describe("the marital status", () => {
  const married = chosen("VH", "verheiratet");
  test.each([
    [{ maritalStatus: married, maritalStatusSince: "2015" }, {}, { jahr: "2015" }, ""],
    [{ maritalStatus: married, marriageDate: "2015-03-02" }, {}, { jahrMonatTag: "2015-03-02" }, ""],
    [
      { maritalStatus: married, maritalStatusSince: "2015", marriageDate: "2015-03-02" },
      {},
      { jahr: "2015" },
      "Eheschließung: 02.03.2015",
    ],
    [
      { maritalStatus: married, marriageDate: "2015-03-02", separated: true, separatedSince: "2026-01-01" },
      { getrenntLebend: true },
      { jahrMonatTag: "2026-01-01" },
      "Eheschließung: 02.03.2015",
    ],
    [
      { maritalStatus: married, ownRightCause: chosen("separation"), sharedLifeTo: "2026-02-01" },
      { getrenntLebend: true },
      { jahrMonatTag: "2026-02-01" },
      "",
    ],
    [
      { maritalStatus: chosen("GS"), ownRightCause: chosen("separation"), sharedLifeTo: "2026-02-01" },
      {},
      undefined,
      "Zusammenleben bis: 01.02.2026",
    ],
  ])("of %j is told with the right date", (answers, apart, since, noted) => {
    const { person, notes } = personWith(answers);
    expect(person["familienstand"]).toEqual({ familienstand: answers.maritalStatus.code, ...apart });
    expect(person["familienstandOderGetrenntlebendSeit"]).toEqual(since);
    expect(notes).toContain(noted);
  });
});
