import { describe, expect, test } from "vitest";
import { applicantOf, samplePayload } from "#app/cli/persona/sample.ts";
import { validatorFor } from "#app/xml/validate.server.ts";
import type { Payload } from "#flows/delivery/payload.ts";
import { envelope, tinyDocument } from "#flows/delivery/xauslaender2611/envelope.fixture.ts";
import { FormMissing } from "#flows/delivery/xauslaender2611/form.ts";
import { invitationContent } from "#flows/delivery/xauslaender2611/invitation.ts";
import { xauslaender2611 } from "#flows/delivery/xauslaender2611/standard.ts";
import { elementsOf, textOf, type Elements } from "#flows/delivery/xoev/content.ts";

const form = tinyDocument("form");

/** The payload of the persona who invites two guests, with other answers here and there. */
function payloadWith(answers: Record<string, unknown> = {}): Payload {
  const applicant = applicantOf("tests/personas/d-ve.json");
  if (!applicant) throw new Error("The persona files no application");
  const stored = { ...applicant.stored, ...answers };
  return samplePayload({ ...applicant, stored }, envelope.messageId).payload;
}

/** The content of the message, which is valid. */
function contentOf(payload: Payload, documents = [form]): Elements {
  const input = { ...envelope, payload, documents };
  const { type, xml } = xauslaender2611.application(input);
  expect(type).toBe("130201");
  expect(validatorFor(xauslaender2611).validate(xml)).toEqual({ ok: true });
  return invitationContent(input);
}

const hostIn = (content: Elements) => elementsOf(elementsOf(content, "gastgeber"), "privat");
const guestIn = (content: Elements) => elementsOf(content, "gast");

const noPaper = { docType: "none", noPassportReason: "applied", number: undefined, issuingState: undefined };

/** The host with these answers. */
const host = (answers: Record<string, unknown>) => hostIn(contentOf(payloadWith(answers)));
/** The stay for which the guests come, with these answers. */
const stay = (answers: Record<string, unknown>) =>
  elementsOf(guestIn(contentOf(payloadWith(answers))), "aufenthaltVisum");

describe("a host who invites two guests", () => {
  const content = contentOf(payloadWith());

  test("stands with paper, address, work and means", () => {
    expect(hostIn(content)).toMatchObject({
      vorname: { name: "Gerd" },
      familienname: { name: "GASTGEBER" },
      geburtsangaben: {
        geburtsort: { ort: "Kiel" },
        geburtsortStaat: { staatsangehoerigkeit: "000" },
        tagDerGeburt: { teilbekanntesDatum: { jahrMonatTag: "1975-05-05" } },
      },
      staatsangehoerigkeit: { staatsangehoerigkeit: "000" },
      anschrift: { strasse: "Musterallee", hausnummer: "29", postleitzahl: "14467", wohnort: "Potsdam" },
      kommunikation: [
        { kanal: "01", kennung: "p29@example.org" },
        { kanal: "02", kennung: "+49 30 23125029" },
      ],
      deutscheIdentifikation: {
        artDesIdentifikationsdokuments: "01",
        nummerDesDeutschenIdentifikationsdokuments: "L0000029",
      },
      beruf: "Ingenieur",
      arbeitgeber: "Beispielwerk GmbH",
      arbeitnehmerverhaeltnis: { einkuenfte: 3100 },
      regelmaessigeAusgaben: 980,
      finanzielleVerantwortung: 1,
      vertrauensniveau: { vorname: false, staatsangehoerigkeit: false, kommunikation: [false, false] },
    });
    expect(hostIn(content)?.["sonstigeEinkuenfte"]).toBeUndefined();
  });

  test("declares nothing yet, and the notes say so, with what has no element", () => {
    expect(content).not.toHaveProperty("rechtsverbindlicheVE");
    const notes = textOf(hostIn(content), "sonstigeAnmerkungen")?.split("\n");
    expect(notes).toContain("Noch keine verbindliche Erklärung: sie wird bei der Behörde unterschrieben.");
    expect(notes?.find((line) => line.startsWith("Wohnung"))).toBe(
      "Wohnung - Art: Eigene oder gemietete Wohnung; Fläche in m²: 74; Zahl der Zimmer: 3; Zahl der Personen: 2; Warmmiete im Monat in Euro: 980.",
    );
    expect(notes?.at(-1)).toBe(
      "Wird nachgereicht: Pass, Mietvertrag, Gehaltsabrechnungen, Arbeitsvertrag, Ausweis der anderen Person.",
    );
  });

  test("names the first guest with the stay, the other one behind", () => {
    expect(guestIn(content)).toMatchObject({
      familienname: { name: "BESUCHER" },
      vorname: { name: "Marta" },
      geburt: { tagDerGeburt: { teilbekanntesDatum: { jahrMonatTag: "1950-03-03" } } },
      staatsangehoerigkeit: { staatsangehoerigkeit: "430" },
      aufenthaltVisum: { cVisum: { cVisum: "03", aufenthaltsdauer: 76 } },
      voraussichtlichesEinreisedatum: "2027-03-01",
      anschrift: { anschriftWieGastgeber: true },
      weitereGaeste: [
        { vorname: { name: "Luka" }, geburt: { tagDerGeburt: { teilbekanntesDatum: { jahr: "1949" } } } },
      ],
    });
    expect(textOf(guestIn(content), "sonstigeAnmerkungen")).toContain("von: 01.03.2027; bis: 15.05.2027");
  });
});

test("all documents stand in the message, the application drawn as PDF as its summary", () => {
  const content = contentOf(payloadWith(), [tinyDocument("PASS"), form, tinyDocument("RENT", { format: "jpg" })]);
  expect(content["zusammenfassungBelehrung"]).toEqual({ dokument: form.base64, dokumententyp: "1" });
  expect(hostIn(content)?.["nachweis"]).toMatchObject([
    { dokumententyp: "1", bezeichnung: "PASS" },
    { dokumententyp: "2", bezeichnung: "RENT" },
  ]);
});

test("without the PDF there is no message: the next attempt draws it", () => {
  const input = { ...envelope, payload: payloadWith(), documents: [tinyDocument("PASS")] };
  expect(() => invitationContent(input)).toThrow(FormMissing);
  const { base64: _inline, ...elsewhere } = form;
  expect(() => invitationContent({ ...input, documents: [elsewhere] })).toThrow(/must stand in the message/);
});

test("nobody is named as guest before the host names somebody", () => {
  const guest = guestIn(contentOf(payloadWith({ guests: [] })));
  expect(guest).toMatchObject({ geschlecht: {}, anschrift: { anschriftWieGastgeber: true }, weitereGaeste: [] });
  expect(guest).not.toHaveProperty("familienname");
  expect(textOf(guest, "sonstigeAnmerkungen")).toContain("Noch kein Gast benannt.");
});

describe("who the host is", () => {
  test.each([
    ["a passport of another state", { docType: "passport" }, "01"],
    ["an identity card of another state", { docType: "idCard" }, "05"],
    ["a paper that our answer covers with another one", { docType: "officialPassport" }, undefined],
  ])("is shown by %s", (_name, answers, kind) => {
    const found = host({ ...answers, issuingState: "GEO", hostStatus: "unlimitedTitle" });
    const foreign = elementsOf(found, "auslaendischeIdentifikation");
    expect(foreign?.["artDesAuslaendischenIdentifikationsdokuments"]).toBe(kind);
    expect(foreign).toMatchObject({
      nummerDesAuslaendischenIdentifikationsdokuments: "L0000029",
      ausstellenderStaat: "Georgien",
    });
    expect(found?.["deutscheIdentifikation"]).toBeUndefined();
    expect(found?.["staatsangehoerigkeit"]).toBeUndefined();
    expect(textOf(found, "sonstigeAnmerkungen")).toContain("Aufenthalt: Unbefristeter Aufenthaltstitel");
  });

  test("Union citizens need no title", () => {
    expect(host({ hostStatus: "unionCitizen", issuingState: "ITA" })).toMatchObject({
      auslaendischeIdentifikation: {
        artDesAufenthaltstitels: "07",
        vomAufenthaltstitelBefreit: "EU, EWR oder Schweiz",
        artDesAuslaendischenIdentifikationsdokuments: "05",
      },
    });
  });

  test("the end of a limited title stands in the notes", () => {
    const found = host({ hostStatus: "limitedTitle", hostTitleValidUntil: "2027-04-30", ...noPaper });
    expect(textOf(found, "sonstigeAnmerkungen")).toContain("Titel gültig bis: 30.04.2027");
    expect(textOf(found, "sonstigeAnmerkungen")).toContain("Grund ohne Pass: Ich habe einen Pass beantragt");
    expect(found?.["auslaendischeIdentifikation"]).toBeUndefined();
    expect(found?.["deutscheIdentifikation"]).toBeUndefined();
  });
});

describe("what the host lives on", () => {
  test("is of other sources if none of them is a job", () => {
    const found = host({ incomeSources: ["pension", "savings"], ownNetMonthly: 123_450 });
    expect(found?.["sonstigeEinkuenfte"]).toBe(1235);
    expect(found?.["arbeitnehmerverhaeltnis"]).toBeUndefined();
    expect(textOf(found, "sonstigeAnmerkungen")).toContain("netto im Monat in Euro: 1.234,5");
  });

  test("stands in the notes alone if job and other sources are mixed", () => {
    const found = host({ incomeSources: ["job", "savings"] });
    expect([found?.["sonstigeEinkuenfte"], found?.["arbeitnehmerverhaeltnis"]]).toEqual([undefined, undefined]);
    expect(textOf(found, "sonstigeAnmerkungen")).toContain("Quellen: Arbeit, Erspartes oder Sperrkonto");
  });

  test("is not told for more people than the element counts", () => {
    expect(host({ dependants: 5 })?.["finanzielleVerantwortung"]).toBe(5);
    const many = host({ dependants: 6 });
    expect(many?.["finanzielleVerantwortung"]).toBeUndefined();
    expect(textOf(many, "sonstigeAnmerkungen")).toContain("für die gesorgt wird: 6");
  });
});

test.each([
  [{ visitPurpose: "languageCourse" }, { dVisum: { dVisum: "01", ausbildungszweck: "05" } }],
  [{ visitPurpose: "study" }, { dVisum: { dVisum: "01" } }],
  [{ visitPurpose: "work" }, { dVisum: { dVisum: "02" } }],
  [{ visitPurpose: "family" }, { dVisum: { dVisum: "04" } }],
  [{ visitPurpose: "otherStay" }, { sonstiges: "Etwas anderes" }],
  [{ visitTo: "2027-05-29" }, { cVisum: { cVisum: "03", aufenthaltsdauer: 90 } }],
  [{ visitTo: "2027-05-30" }, { sonstiges: "Besuch bis 90 Tage" }],
  [{ visitTo: undefined }, { cVisum: { cVisum: "03" } }],
])("guests who come for %j need %j", (answers, expected) => {
  expect(stay(answers)).toEqual(expected);
});
