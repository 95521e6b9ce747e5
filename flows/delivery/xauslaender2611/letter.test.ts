import { describe, expect, test } from "vitest";
import { readXml } from "#app/xml/parse.server.ts";
import type { Letter } from "#flows/delivery/standard.ts";
import { readLetter } from "#flows/delivery/xauslaender2611/letter.ts";
import { xauslaenderModel } from "#flows/delivery/xauslaender2611/model.ts";
import type { Elements } from "#flows/delivery/xoev/content.ts";
import { writeMessage } from "#flows/delivery/xoev/write.ts";

const standard = { id: "xauslaender-26.11", model: xauslaenderModel };
const attributes = { produkt: "Fachverfahren", produkthersteller: "Beispiel", produktversion: "1" };
const pdf = Buffer.from("%PDF-1.7").toString("base64");
const paper = { dokument: pdf, dokumententyp: "1" };
const picture = { dokument: "/9j/4A==", dokumententyp: "2" };

const head = (type: string, sentAt = "2026-11-25T10:15:30.123+01:00"): Elements => ({
  "nachrichtenkopf.g2g": {
    "identifikation.nachricht": {
      nachrichtenUUID: "0B7D5E4A-3A55-4C0F-9F0E-6F8C1D2E3A4B",
      nachrichtentyp: type,
      erstellungszeitpunkt: sentAt,
    },
    leser: { verzeichnisdienst: "DVDV", kennung: "alp:portal", name: "Aufenthalt Online" },
    autor: {
      verzeichnisdienst: "DVDV",
      kennung: "azr:123456",
      name: "Ausländerbehörde",
      erreichbarkeit: { kanal: "01", kennung: "abh@example.org" },
    },
  },
  "anschrift.autor": { gebaeude: { postleitzahl: "14467", strasse: "Am Markt", wohnort: "Potsdam" } },
  antragsidentifikation: "AAAA-BBBB-CCCC",
  ausloeserUUID: "AAAAAAAA-3A55-4C0F-9F0E-6F8C1D2E3A4B",
});

/** The letter of a message as it comes over the line: written, checked by the schema, read. */
function letterOf(type: string, body: Elements, sentAt?: string): Letter | undefined {
  const xml = writeMessage(xauslaenderModel, type, attributes, { ...head(type, sentAt), ...body });
  const read = readXml(Buffer.from(xml), standard);
  if (!read.ok) throw new Error(`${read.code} in line ${read.line}`);
  expect(read.message.id).toBe(type);
  return readLetter(read.message);
}

test("a question has its text, its date and its paper, and says who asks whom about what", () => {
  expect(letterOf("130102", { frage: "Wo wohnen Sie?\nSeit wann?", fristdatum: "2026-12-24", anlage: paper })).toEqual({
    id: "0b7d5e4a-3a55-4c0f-9f0e-6f8c1d2e3a4b",
    answersTo: "aaaaaaaa-3a55-4c0f-9f0e-6f8c1d2e3a4b",
    reference: "AAAA-BBBB-CCCC",
    from: "azr:123456",
    to: "alp:portal",
    sentAt: "2026-11-25T09:15:30.123Z",
    kind: "question",
    codes: [],
    text: "Wo wohnen Sie?\nSeit wann?",
    deadline: "2026-12-24",
    documents: [{ title: "attachment", format: "pdf", base64: pdf }],
  });
  expect(letterOf("130102", { frage: "Warum?" })).not.toHaveProperty("deadline");
});

test.each([
  ["01", "accepted", "received"],
  ["02", "accepted", "received"],
  ["03", "accepted", "received"],
  ["05", "progress", "reviewed"],
  ["06", "progress", "agreementReached"],
  ["07", "progress", "recognitionComplete"],
])("status %s is %s", (status, kind, code) => {
  expect(letterOf("130104", { status })).toMatchObject({ kind, codes: [code], documents: [] });
  expect(letterOf("130104", { status, anhang: picture })?.documents).toEqual([
    { title: "attachment", format: "jpg", base64: "/9j/4A==" },
  ]);
});

/** Body of an appointment on 10 December 2026 at a place. */
const at = (ort: Elements, more: Elements = {}): Elements => ({
  strukturierteTermininformationen: { datum: "2026-12-10", uhrzeitAb: "09:30:00", ort, ...more },
});

describe("an appointment", () => {
  const market = { hausnummer: "12", hausnummerBuchstabeZusatzziffer: "a", strasse: "Am Markt" };
  const town = { postleitzahl: "14467", wohnort: "Potsdam" };

  test("has date, time and place in words", () => {
    const letter = letterOf("130105", {
      ...at({ ...market, ...town }, { uhrzeitBis: "09:45:00", weitereAngabenZumOrt: "Zimmer 3" }),
      terminmitteilung: paper,
      gebuehrenmitteilung: paper,
      weitereHinweise: "Bringen Sie ein Foto mit.",
    });
    expect(letter).toMatchObject({
      kind: "appointment",
      text: "Bringen Sie ein Foto mit.",
      appointment: {
        date: "2026-12-10",
        from: "09:30",
        to: "09:45",
        place: "Am Markt 12a, 14467 Potsdam",
        more: "Zimmer 3",
      },
    });
    expect(letter?.documents.map(({ title }) => title)).toEqual(["appointment", "fee"]);
    expect(letter).not.toHaveProperty("bookingUrl");
  });

  test("names every part of a longer address, and no part that is empty", () => {
    const house = {
      ...market,
      ...town,
      stockwerkswohnungsnummer: "2 OG",
      teilnummerDerHausnummer: "1/2",
      wohnungsinhaber: "Bürgeramt",
      zusatzangaben: "Haus B",
      "hausnummern.bis": { "hausnummer.bis": "14" },
    };
    expect(letterOf("130105", at(house))?.appointment?.place).toBe(
      "Bürgeramt, Am Markt 12a–14 1/2, 2 OG, Haus B, 14467 Potsdam",
    );
    const bare = { postleitzahl: "", strasse: "Am Markt", wohnort: "Potsdam" };
    expect(letterOf("130105", at(bare))?.appointment?.place).toBe("Am Markt, Potsdam");
  });

  test.each([
    ["08:30:00Z", "09:30"],
    ["10:30:00+02:00", "09:30"],
    ["09:30:00.5", "09:30"],
  ])("at %s is one at %s in Germany", (uhrzeitAb, from) => {
    const letter = letterOf("130105", at({ ...market, ...town }, { uhrzeitAb }));
    expect(letter?.appointment?.from).toBe(from);
  });

  test("may be booked at an address that is safe to follow; any other stays text", () => {
    const booked = letterOf("130105", { onlinevergabe: "https://termine.example.org/x?y=1" });
    expect(booked).toMatchObject({ kind: "appointment", bookingUrl: "https://termine.example.org/x?y=1" });
    expect(booked).not.toHaveProperty("appointment");
    expect(booked).not.toHaveProperty("text");
    for (const onlinevergabe of ["javascript:alert(1)", "http://example.org", "www.example.org"]) {
      const letter = letterOf("130105", { onlinevergabe, weitereHinweise: "Hinweis" });
      expect(letter).toMatchObject({ text: `Hinweis\n${onlinevergabe}` });
      expect(letter).not.toHaveProperty("bookingUrl");
    }
  });
});

test("an authority that is not competent may name the right one", () => {
  expect(letterOf("130109", { hinweis: "Sie wohnen anderswo.", zustaendigeABH: "Stadt Cottbus" })).toMatchObject({
    kind: "notCompetent",
    text: "Sie wohnen anderswo.",
    competent: "Stadt Cottbus",
  });
  expect(letterOf("130109", { hinweis: "Nein." })).not.toHaveProperty("competent");
});

test("an intended refusal is a notice, with its fee if there is one", () => {
  const letter = letterOf("130110", { mitteilung: paper, gebuehrenmitteilung: picture });
  expect(letter?.kind).toBe("intendedRefusal");
  expect(letter?.documents.map(({ title, format }) => [title, format])).toEqual([
    ["notice", "pdf"],
    ["fee", "jpg"],
  ]);
});

test("a withdrawal is confirmed with or without words", () => {
  expect(letterOf("130107", { rueckmeldung: "Erledigt.", anlage: paper })).toMatchObject({
    kind: "withdrawn",
    text: "Erledigt.",
    documents: [{ title: "attachment" }],
  });
  expect(letterOf("130107", { rueckmeldung: "  " })).not.toHaveProperty("text");
});

test("base64 that came in lines is one again, and a document of no bytes is none", () => {
  const broken = { dokument: `${pdf.slice(0, 4)}\n  ${pdf.slice(4)}\n`, dokumententyp: "1" };
  expect(letterOf("130104", { status: "05", anhang: broken })?.documents[0]?.base64).toBe(pdf);
  expect(letterOf("130104", { status: "05", anhang: { ...paper, dokument: "" } })?.documents).toEqual([]);
});

test("a time without zone counts as UTC wherever it is read, one that never was makes no letter", () => {
  expect(letterOf("130104", { status: "01" }, "2026-11-25T10:15:30")?.sentAt).toBe("2026-11-25T10:15:30.000Z");
  expect(letterOf("130104", { status: "01" }, "250000-11-25T10:15:30Z")).toBeUndefined();
});

test.each([
  ["130402", { anlass: "02" }],
  ["130403", { vereinbarung: paper }],
  ["130405", { bescheid: paper, empfangsbestaetigung: paper }],
  ["130407", { vorabzustimmung: paper }],
  ["130111", { ausloeserUUID: undefined, rueckkanalVorhanden: true }],
  ["130404", { rueckkanalVorhanden: true, vereinbarung: paper }],
])("a message %s is none that has a page here", (type, body) => {
  expect(letterOf(type, body)).toBeUndefined();
});
