import { xauslaenderModel } from "#flows/delivery/xauslaender2611/model.ts";
import type { Elements } from "#flows/delivery/xoev/content.ts";
import { writeMessage } from "#flows/delivery/xoev/write.ts";

const paper = { dokument: "JVBERi0xLjQK", dokumententyp: "1" };

const head: Elements = {
  "nachrichtenkopf.g2g": {
    "identifikation.nachricht": {
      nachrichtenUUID: "0b7d5e4a-3a55-4c0f-9f0e-6f8c1d2e3a4b",
      nachrichtentyp: "130101",
      erstellungszeitpunkt: "2026-11-21T09:00:00.000+00:00",
    },
    leser: { verzeichnisdienst: "DVDV", kennung: "azr:123456", name: "Ausländerbehörde" },
    autor: {
      verzeichnisdienst: "DVDV",
      kennung: "alp:portal",
      name: "Aufenthalt Online",
      erreichbarkeit: { kanal: "01", kennung: "portal@example.org" },
    },
  },
  "anschrift.autor": { gebaeude: { hausnummer: "1", postleitzahl: "14467", strasse: "Am Markt", wohnort: "Potsdam" } },
  antragsidentifikation: "AAAA-BBBB-CCCC",
  rueckkanalVorhanden: true,
};

const person: Elements = {
  vorname: { name: "Anika Štěpánka" },
  familienname: { nichtVorhanden: true },
  geschlecht: { geschlecht: "w" },
  geburt: { geburtsort: { ort: "Pune" }, tagDerGeburt: { teilbekanntesDatum: { jahrMonat: "1996-03" } } },
  familienstand: { familienstand: "LD" },
  staatsangehoerigkeit: ["166", "436", "151", "163"].map((staatsangehoerigkeit) => ({ staatsangehoerigkeit })),
  anschrift: {
    hausnummer: "1234",
    hausnummerBuchstabeZusatzziffer: "a",
    postleitzahl: "14467",
    strasse: "Musterallee",
    wohnort: "Potsdam",
  },
  ausweisdokument: {
    ausweisseite: [paper],
    gueltigkeitszeitraum: { von: "2021-03-02", bis: "2031-03-01" },
    seriennummer: "X0000001",
  },
};

const body: Elements = {
  antragsdatum: "2026-11-21",
  grundDesAntrags: "01",
  grundDesAufenthalts: "03",
  angabenZurPerson: person,
  nachweis: [
    {
      dokumentOderReferenz: { dokument: "JVBERi0xLjQK" },
      dokumententyp: "1",
      dateiname: "CONTR-1.pdf",
      bezeichnung: "Vertrag",
    },
  ],
};

const attributes = { produkt: "Aufenthalt Online", produkthersteller: "Beispiel", produktversion: "1", test: "Test" };

/** A valid application (130101) with four nationalities, made without the mapping; one element a line. */
export const applicationMessage = writeMessage(xauslaenderModel, "130101", attributes, { ...head, ...body });
