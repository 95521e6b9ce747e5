import { describe, expect, test } from "vitest";
import { answersIn } from "#flows/delivery/answers.ts";
import { sortDocuments } from "#flows/delivery/xauslaender2611/documents.ts";
import { tinyDocument } from "#flows/delivery/xauslaender2611/envelope.fixture.ts";
import { createNotes } from "#flows/delivery/xauslaender2611/notes.ts";
import { chosen, indian, payloadWith } from "#flows/delivery/xauslaender2611/payload.fixture.ts";
import { referencesOf } from "#flows/delivery/xauslaender2611/references.ts";
import { representativeOf } from "#flows/delivery/xauslaender2611/representative.ts";

const TODAY = "2026-11-21";
const spouse = {
  referenceFamilyName: "SHARMA",
  referenceGivenNames: "Asha",
  referenceDateOfBirth: "1990-02-03",
  referenceNationalities: [indian],
};

function referenceFor(service: string, answers: object) {
  const notes = createNotes();
  const [found] = referencesOf(notes, answersIn(payloadWith(service, { ...spouse, ...answers })), service, TODAY);
  return { found, notes: notes.text() };
}

describe("the person whom the right depends on", () => {
  test.each([
    ["FAM-30", {}, "01"],
    ["FAM-32", {}, "03"],
    ["FAM-28", { relationToGerman: chosen("spouse") }, "01"],
    ["FAM-28", { relationToGerman: chosen("child") }, "03"],
    ["FAM-28", { relationToGerman: chosen("parent") }, "02"],
    ["FAM-36", { otherKinship: chosen("parentOfMinor") }, "02"],
    ["FAM-36", { otherKinship: chosen("parentOfWorker") }, "04"],
    ["FAM-36", { relationToProtected: chosen("child") }, "03"],
    ["EU-CARD", { unionKinship: chosen("child21") }, "03"],
    ["EU-CARD", { unionKinship: chosen("parent") }, "04"],
    ["EU-CARD", { unionKinship: chosen("parent"), referenceDateOfBirth: "2015" }, "02"],
    ["EU-CARD3a", { closeKinship: chosen("partner") }, "04"],
    ["N-9-3a", {}, "01"],
  ])("of %s with %j is %s to the applicant", (service, answers, relation) => {
    expect(referenceFor(service, answers).found?.["familiaereBeziehung"]).toBe(relation);
  });

  test("stands with name, birth and nationality, and lives with the applicant or elsewhere", () => {
    const own = { street: "Musterallee", houseNo: "1", postalCode: "14467", place: "Potsdam" };
    const elsewhere = {
      referenceStreet: "Am Park",
      referenceHouseNo: "2",
      referencePostalCode: "10115",
      referencePlace: "Berlin",
    };
    expect(referenceFor("FAM-30", { ...own, referenceSameAddress: true }).found).toMatchObject({
      vorname: { name: "Asha" },
      familienname: { name: "SHARMA" },
      geburt: {
        geburtsort: { unbekannt: true },
        tagDerGeburt: { teilbekanntesDatum: { jahrMonatTag: "1990-02-03" } },
      },
      staatsangehoerigkeit: [{ staatsangehoerigkeit: "436" }],
      anschrift: { strasse: "Musterallee", wohnort: "Potsdam" },
    });
    const other = referenceFor("FAM-30", { ...own, ...elsewhere, referenceSameAddress: false });
    expect(other.found?.["anschrift"]).toMatchObject({ strasse: "Am Park", hausnummer: "2", wohnort: "Berlin" });
    expect(referenceFor("EU-CARD", { ...own, referenceSameAddress: false }).found?.["anschrift"]).toBeUndefined();
  });

  test("of an ended marriage is not to hear of it, and is not asked for a birthday", () => {
    const { found, notes } = referenceFor("FAM-31", { referenceDateOfBirth: undefined });
    expect(found?.["geburt"]).toMatchObject({ tagDerGeburt: { unbekannt: true } });
    expect(notes).toContain("nicht unterrichten");
  });

  test("is none if nobody was named", () => {
    expect(referencesOf(createNotes(), answersIn(payloadWith("W-18b")), "W-18b", TODAY)).toEqual([]);
  });
});

function representativeFor(role: string, answers: object = {}) {
  const told = {
    representativeRole: chosen(role),
    representativeFamilyName: "SHARMA",
    representativeGivenNames: "Asha",
    representativePhone: "0331 123456",
    representativeDateOfBirth: "1990-02-03",
  };
  const payload = payloadWith("W-18b", { ...told, ...answers });
  const documents = sortDocuments(payload, [tinyDocument("REPR"), tinyDocument("KV")]);
  return representativeOf(createNotes(), answersIn(payload), documents, TODAY);
}

describe("who files for somebody", () => {
  test.each([
    ["parent", { dateOfBirth: "2018-01-01" }, "2"],
    ["guardian", { dateOfBirth: "2018-01-01" }, "3"],
    ["guardian", { dateOfBirth: "1980-01-01" }, "4"],
    ["guardian", {}, "4"],
    ["attorney", { dateOfBirth: "1980-01-01" }, "7"],
  ])("as %s of %j has the code %s", (role, answers, code) => {
    expect(representativeFor(role, answers)?.["vertretungsart"]).toBe(code);
  });

  test("stands with name, phone, birthday and proof, none of it trusted", () => {
    expect(representativeFor("parent")).toEqual({
      vertretungsart: "2",
      vorname: { name: "Asha" },
      familienname: { name: "SHARMA" },
      kommunikation: [{ kanal: "02", kennung: "0331 123456" }],
      anlageVertreter: [{ dokument: "JVBERi0xLjcK", dokumententyp: "1" }],
      geschlecht: {},
      tagDerGeburt: "1990-02-03",
      vertrauensniveau: { vorname: false, familienname: false, kommunikation: [false], tagDerGeburt: false },
    });
  });

  test("is nobody if the person files", () => {
    const payload = payloadWith("W-18b");
    const nobody = representativeOf(createNotes(), answersIn(payload), sortDocuments(payload, []), TODAY);
    expect(nobody).toBeUndefined();
  });
});
