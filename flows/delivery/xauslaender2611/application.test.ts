import { describe, expect, test } from "vitest";
import { readXml } from "#app/xml/parse.server.ts";
import type { Payload } from "#flows/delivery/payload.ts";
import type { PlacedDocument, Written } from "#flows/delivery/standard.ts";
import { envelope, tinyDocument } from "#flows/delivery/xauslaender2611/envelope.fixture.ts";
import { chosen, indian, payloadWith } from "#flows/delivery/xauslaender2611/payload.fixture.ts";
import { xauslaender2611 } from "#flows/delivery/xauslaender2611/standard.ts";
import { elementsOf, type Elements } from "#flows/delivery/xoev/content.ts";

const { application, answer, withdrawal, documents, placing } = xauslaender2611;

/** What a message holds, read back from its XML, which is valid. */
function contentOf({ type, xml }: Written, expected: string): Elements {
  expect(type).toBe(expected);
  const read = readXml(Buffer.from(xml), xauslaender2611);
  if (!read.ok) throw new Error(read.code);
  expect(read.message.id).toBe(expected);
  return read.message.content;
}

const person = { familyName: "SHARMA", givenNames: "Asha", nationalities: [indian] };
const written = (payload: Payload, placed: readonly PlacedDocument[] = [], following?: object) =>
  application({ ...envelope, payload, documents: placed, ...following });

describe("an application", () => {
  test("goes as the message of its service", () => {
    const types = ["W-18b", "H-24", "EU-CARD", "EU-PERM", "EU-CARD3a", "EU-GB"].map(
      (id) => written(payloadWith(id, { ...person, entryDateCurrent: "2026-01-02" })).type,
    );
    expect(types).toEqual(["130101", "130101", "130301", "130301", "130101", "130101"]);
  });

  test("has head, dates, grounds, notes and the applications that belong to it", () => {
    const links = [{ messageId: envelope.messageId, reference: "DDDD-EEEE-FFFF", relation: "spouse" as const }];
    const later = { code: "KV", title: "Krankenversicherung", files: [], later: { reason: "privat" } };
    const payload = payloadWith(
      "W-18b",
      {
        ...person,
        request: chosen("first", "Zum ersten Mal"),
        entryDateCurrent: "2026-03-04",
        azrNumber: "123456789012",
      },
      { links, evidence: [later] },
    );
    const content = contentOf(written(payload), "130101");
    expect(elementsOf(elementsOf(content, "nachrichtenkopf.g2g"), "identifikation.nachricht")).toEqual({
      nachrichtenUUID: envelope.messageId,
      nachrichtentyp: "130101",
      erstellungszeitpunkt: envelope.createdAt,
    });
    expect(content).toMatchObject({
      antragsidentifikation: "AAAA-BBBB-CCCC",
      rueckkanalVorhanden: "true",
      antragsdatum: "2026-11-21",
      grundDesAntrags: "01",
      ersteinreisedatum: "2026-03-04",
      grundDesAufenthalts: "03",
      verbundenerAntrag: ["DDDD-EEEE-FFFF"],
    });
    expect(String(content["sonstigeAnmerkung"]).split("\n")).toEqual([
      "Antrag: Leistung W-18b (W-18b).",
      "Vorschlag zur Rechtsgrundlage: § 18b AufenthG.",
      "Anliegen - Wunsch: Zum ersten Mal.",
      "Kennungen - AZR-Nummer: 123456789012.",
      "Wird nachgereicht: Krankenversicherung.",
    ]);
    expect(String(content["sonstigeAnmerkung"])).not.toContain("privat");
  });

  test("of somebody who was helped says so, and names no representative", () => {
    const helped = contentOf(written(payloadWith("W-18b", person, { filer: { role: "helper" } })), "130101");
    expect(helped["sonstigeAnmerkung"]).toContain("Gestellt mit Hilfe einer von der Person beauftragten Stelle.");
    expect(helped["antragstellerVertreter"]).toBeUndefined();
  });

  test("of somebody without a paper in Latin letters says that the spelling is to be checked, and nobody's status", () => {
    const flight = { ukrainePlace: "Kharkiv", leftUkraineOn: "2026-11" };
    const child = { ...person, ...flight, latinDocument: false, familyNameOriginal: "ТЕСТ" };
    const content = contentOf(written(payloadWith("H-24", child)), "130101");
    const notes = String(content["sonstigeAnmerkung"]);
    expect(notes).toContain("Schreibweise zu prüfen");
    expect(notes).toContain("zuletzt in: Kharkiv; verlassen am: 11.2026.");
    expect(elementsOf(elementsOf(content, "angabenZurPerson"), "familienstand")).toEqual({
      familienstand: "NB",
    });
    const known = contentOf(written(payloadWith("H-24", { ...child, latinDocument: true })), "130101");
    expect(known["sonstigeAnmerkung"]).not.toContain("Schreibweise");
  });

  test("of the short path says so, and one without own code too", () => {
    const minimal = contentOf(written(payloadWith("W-18b", person, { completeness: "minimal" })), "130101");
    expect(minimal["sonstigeAnmerkung"]).toContain("Kurzer Antrag");
    expect(contentOf(written(payloadWith("D-FIKT", person)), "130101")["sonstigeAnmerkung"]).toContain(
      "keinen eigenen Schlüssel",
    );
  });

  test("has its PDF as summary, papers in their places, and everything else as evidence", () => {
    const known = { number: "X0000001", issuedOn: "2021-01-10", validUntil: "2031-01-10" };
    const payload = payloadWith("W-18b", { ...person, ...known });
    expect([...placing(payload).inlineCodes].toSorted()).toEqual(["PASS", "TITLE"]);
    const { base64: _later, ...follows } = tinyDocument("KV", { title: "Krankenversicherung" });
    const placed = [tinyDocument("form"), tinyDocument("PASS"), tinyDocument("TITLE"), follows, tinyDocument("REPR")];
    const content = contentOf(written(payload, placed, { following: { packages: 2, bytes: 4711 } }), "130101");
    expect(content).toMatchObject({
      antragszusammenfassung: { dokumentOderReferenz: { dokument: "JVBERi0xLjcK" }, dateiname: "form-1.pdf" },
      nachweis: [
        { dokumentOderReferenz: { dokumentuuid: follows.id }, dokumententyp: "1", bezeichnung: "Krankenversicherung" },
        { bezeichnung: "REPR" },
      ],
      angabenDokumentenlieferung: { anzahlDerPakete: "2", archivgroesse: "4711" },
    });
    expect(elementsOf(content, "angabenZurPerson")).toMatchObject({
      aufenthaltsdokument: { aufenthaltsdokument: [{ dokumententyp: "1" }] },
      ausweisdokument: { seriennummer: "X0000001" },
    });
  });

  test("has passport pages as evidence as long as the passport is not known, which may then follow", () => {
    const payload = payloadWith("W-18b", { ...person, number: "X0000001", unlimited: true });
    expect(placing(payload).inlineCodes).toEqual(new Set(["TITLE"]));
    const { base64: _later, ...follows } = tinyDocument("PASS");
    const content = contentOf(written(payload, [follows]), "130101");
    expect(content["nachweis"]).toMatchObject([{ dokumentOderReferenz: { dokumentuuid: follows.id } }]);
  });

  test("has papers as evidence for which there was no room in their place", () => {
    const { base64: _later, ...follows } = tinyDocument("TITLE");
    const content = contentOf(written(payloadWith("W-18b", person), [tinyDocument("TITLE"), follows]), "130101");
    expect(content["nachweis"]).toMatchObject([{ dokumentOderReferenz: { dokumentuuid: follows.id } }]);
    expect(elementsOf(content, "angabenZurPerson")).toMatchObject({
      aufenthaltsdokument: { aufenthaltsdokument: [{ dokumententyp: "1" }] },
    });
  });
});

describe("a paper of free movement", () => {
  const absence = { absenceFrom: "2020", absenceTo: "2021-02" };

  test.each([
    ["EU-CARD", {}, "02"],
    ["EU-PERM", { unionKinship: chosen("spouse") }, "01"],
    ["EU-PERM", {}, "03"],
  ])("for %s with %j has the ground %s", (service, answers, ground) => {
    const payload = payloadWith(service, { ...person, ...answers, entryDateCurrent: "2019-01-02" });
    expect(contentOf(written(payload), "130301")["grundDerMeldung"]).toBe(ground);
  });

  test("tells entry and times abroad, and no conviction", () => {
    const lists = {
      absences: [
        { id: "1", ...absence, absenceReason: "Studium" },
        { id: "2", ...absence },
      ],
    };
    const payload = payloadWith("EU-PERM", { ...person, entryDateCurrent: "2019-01-02" }, { lists });
    const content = contentOf(written(payload), "130301");
    expect(content).toMatchObject({
      einreisedatum: "2019-01-02",
      auslandsaufenthalt: [
        { von: { jahr: "2020" }, bis: { jahrMonat: "2021-02" }, grund: "Studium" },
        { grund: "nicht angegeben" },
      ],
    });
    expect(content).not.toHaveProperty("verurteilung");
    expect(content["sonstigeAnmerkung"]).not.toContain("einreisedatum");
  });

  test.each([
    [{ stayingSince: "2018-03-04" }, "2018-03-04"],
    [{}, "2026-11-21"],
  ])("without a date of entry has the nearest from %j, and says so", (answers, day) => {
    const content = contentOf(written(payloadWith("EU-PERM", { ...person, ...answers })), "130301");
    expect(content["einreisedatum"]).toBe(day);
    expect(content["sonstigeAnmerkung"]).toContain("einreisedatum ist ein Ersatzwert");
  });
});

const question = "11111111-2222-4333-8444-555555555555";

describe("an answer", () => {
  const input = { ...envelope, reference: "AAAA-BBBB-CCCC", answersTo: question };

  test("has the words of the person and names the documents", () => {
    const placed = [tinyDocument("KV", { title: "Krankenversicherung" })];
    const content = contentOf(answer({ ...input, text: "Hier ist sie.", documents: placed }), "130103");
    expect(content).toMatchObject({
      ausloeserUUID: question,
      antworttext: "Hier ist sie.\n\nUnterlagen: Krankenversicherung (KV-1.pdf).",
      unterlage: [{ dateiname: "KV-1.pdf" }],
    });
  });

  test("says that signs were replaced, and where the original is, if it is somewhere", () => {
    const text = "Ось вона 🙂";
    const bare = contentOf(answer({ ...input, text, documents: [] }), "130103");
    expect(bare["antworttext"]).toContain("Nicht darstellbare Zeichen ersetzt in: antworttext.");
    expect(bare["antworttext"]).not.toContain("PDF");
    const drawn = contentOf(answer({ ...input, text, documents: [tinyDocument("form")] }), "130103");
    expect(drawn["antworttext"]).toContain("Das Original steht im PDF.");
  });

  test("may be nothing but what follows", () => {
    const content = contentOf(answer({ ...input, documents: [], following: { packages: 1, bytes: 9 } }), "130103");
    expect(content).not.toHaveProperty("antworttext");
    expect(content["angabenDokumentenlieferung"]).toEqual({ anzahlDerPakete: "1", archivgroesse: "9" });
  });

  test("is what an application becomes that adds to another, with the PDF first", () => {
    const payload = payloadWith("D-VE", person, { kind: "supplement", supplements: question });
    expect(placing(payload)).toEqual({ inlineCodes: new Set(), allInline: false });
    const content = contentOf(written(payload, [tinyDocument("KV"), tinyDocument("form")]), "130103");
    expect(content["ausloeserUUID"]).toBe(question);
    expect(content["antworttext"]).toMatch(
      /^Ergänzung zum Antrag AAAA-BBBB-CCCC: Leistung D-VE \(D-VE\)\. Alle Angaben/,
    );
    expect(content["unterlage"]).toMatchObject([{ dateiname: "form-1.pdf" }, { dateiname: "KV-1.pdf" }]);
  });
});

test("a withdrawal says which application and nothing else", () => {
  const content = contentOf(withdrawal({ ...envelope, reference: "AAAA-BBBB-CCCC" }), "130111");
  expect(Object.keys(content)).toEqual([
    "nachrichtenkopf.g2g",
    "anschrift.autor",
    "antragsidentifikation",
    "rueckkanalVorhanden",
  ]);
});

test("a package carries its archive and the message that announced it", () => {
  const parts = { reference: "AAAA-BBBB-CCCC", announcedBy: question, number: 2, of: 3, zipBase64: "UEsFBgAA" };
  expect(contentOf(documents({ ...envelope, ...parts }), "000040")).toMatchObject({
    antragsidentifikation: "AAAA-BBBB-CCCC",
    ausloeserUUID: question,
    paketnummer: "2",
    anzahlDerPakete: "3",
    archiv: "UEsFBgAA",
  });
});
