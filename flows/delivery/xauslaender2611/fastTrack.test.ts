import { describe, expect, test } from "vitest";
import { applicantOf, samplePayload } from "#app/cli/persona/sample.ts";
import { validatorFor } from "#app/xml/validate.server.ts";
import type { Payload } from "#flows/delivery/payload.ts";
import type { ApplicationInput } from "#flows/delivery/standard.ts";
import { envelope, tinyDocument } from "#flows/delivery/xauslaender2611/envelope.fixture.ts";
import { fastTrackContent, partedName } from "#flows/delivery/xauslaender2611/fastTrack.ts";
import { FormMissing } from "#flows/delivery/xauslaender2611/form.ts";
import { xauslaender2611 } from "#flows/delivery/xauslaender2611/standard.ts";
import { elementsOf, textOf, type Elements } from "#flows/delivery/xoev/content.ts";

const form = tinyDocument("form", { title: "Antrag", base64: "Zm9ybQ==" });
const power = tinyDocument("REPR", { title: "Vollmacht" });
const contract = tinyDocument("CONTR", { title: "Arbeitsvertrag" });

/** One worker with what a test says. */
const worker = (answers: Record<string, unknown>) => ({
  workers: [
    {
      id: "one",
      workerFamilyName: "PROBE",
      workerGivenNames: "Ines",
      workerDateOfBirth: "1994",
      workerNationality: "PHL",
      workerCountry: "PHL",
      workerQualification: "academic",
      workerRecognition: "recognised",
      ...answers,
    },
  ],
});

/** The payload of the persona who asks for two workers, with other answers here and there. */
function payloadWith(answers: Record<string, unknown> = {}): Payload {
  const applicant = applicantOf("tests/personas/wfast.json");
  if (!applicant) throw new Error("The persona files no application");
  const stored = { ...applicant.stored, ...answers };
  return samplePayload({ ...applicant, stored }, envelope.messageId).payload;
}

/** The content of the message, which is valid. */
function contentOf(payload: Payload, more: Partial<ApplicationInput> = {}): Elements {
  const input = { ...envelope, payload, documents: [form, power, contract], ...more };
  const { type, xml } = xauslaender2611.application(input);
  expect(type).toBe("130401");
  expect(validatorFor(xauslaender2611).validate(xml)).toEqual({ ok: true });
  return fastTrackContent(input);
}

describe("an employer who asks for two workers", () => {
  const content = contentOf(payloadWith());

  test("stands with premises and the person to ask", () => {
    expect(content["arbeitgeber"]).toMatchObject({
      firma: "Beispiel Klinikum GmbH",
      anschriftBetriebsstaette: {
        gebaeude: { strasse: "Beispielstraße", hausnummer: "12", postleitzahl: "14467", wohnort: "Potsdam" },
      },
      vertreter: {
        vorname: { name: "Erika" },
        familienname: { name: "Muster" },
        kommunikation: [
          { kanal: "01", kennung: "personal@example.org" },
          { kanal: "02", kennung: "+49 30 23125901" },
        ],
        anlageVertreter: [{ bezeichnung: "Vollmacht" }],
      },
    });
    expect(content["antragsdatum"]).toBe("2026-11-21");
  });

  test("names the first worker in elements, the second in the notes", () => {
    expect(content["fachkraft"]).toMatchObject({
      vorname: { name: "Ines" },
      familienname: { name: "PROBESTA" },
      geburt: { geburtsort: { unbekannt: true }, tagDerGeburt: { teilbekanntesDatum: { jahrMonatTag: "1994-03-05" } } },
      familienstand: { familienstand: "NB" },
      staatsangehoerigkeit: [{ staatsangehoerigkeit: "462" }],
      auslandsanschrift: { staat: "462" },
    });
    const notes = textOf(content, "sonstigeAnmerkung")?.split("\n") ?? [];
    expect(notes).toContain("Fachkraft 1 - Abschluss: Berufsausbildung; Anerkennung: Ja, es gibt einen Bescheid.");
    const second = notes.find((line) => line.startsWith("Fachkraft 2"));
    expect(second).toContain("Familienname: LERNER; Vornamen: Joel; geboren: 2004; Staatsangehörigkeit: philippinisch");
    expect(notes.find((line) => line.startsWith("Stelle"))).toContain("brutto im Jahr in Euro: 43.000");
    expect(notes.find((line) => line.startsWith("Verfahren"))).toContain("Vollmacht aller Fachkräfte: ja");
  });

  test("sends the application as summary, and every other document as evidence", () => {
    expect(content["antragszusammenfassung"]).toMatchObject({ dokumentOderReferenz: { dokument: form.base64 } });
    expect(content["nachweis"]).toMatchObject([{ bezeichnung: "Arbeitsvertrag" }]);
  });
});

test("documents may follow in packages, which are announced", () => {
  const { base64: _inline, ...later } = contract;
  const following = { packages: 2, bytes: 1234 };
  const content = contentOf(payloadWith(), { documents: [form, power, later], following });
  expect(content["nachweis"]).toMatchObject([{ dokumentOderReferenz: { dokumentuuid: contract.id } }]);
  expect(content["angabenDokumentenlieferung"]).toEqual({ anzahlDerPakete: 2, archivgroesse: 1234 });
});

test("where a document must stand that comes later, the application drawn as PDF stands", () => {
  const content = contentOf(payloadWith(), { documents: [form] });
  const proofs = elementsOf(elementsOf(content, "arbeitgeber"), "vertreter")?.["anlageVertreter"];
  expect(proofs).toMatchObject([{ bezeichnung: "Antrag", dokumentOderReferenz: { dokument: form.base64 } }]);
  expect(content["nachweis"]).toEqual(proofs);
  expect(textOf(content, "sonstigeAnmerkung")).toContain("Wird nachgereicht: Vollmacht oder Bestellung");
});

test("without the PDF a message goes only if no document has to be stood in for", () => {
  expect(contentOf(payloadWith(), { documents: [power, contract] })["antragszusammenfassung"]).toBeUndefined();
  const input = { ...envelope, payload: payloadWith() };
  expect(() => fastTrackContent({ ...input, documents: [power] })).toThrow(FormMissing);
  expect(() => fastTrackContent({ ...input, documents: [contract] })).toThrow(FormMissing);
});

test.each([
  [{ workerQualification: "none" }, "01"],
  [{ workerQualification: "academic", workerRecognition: "recognised" }, "02"],
  [{ workerQualification: "academic", workerRecognition: "comparable" }, "02"],
  [{ workerQualification: "vocational", workerRecognition: "partial" }, "09"],
  [{ workerQualification: "vocational", workerRecognition: "applied" }, "03"],
  [{ workerQualification: "vocational", workerRecognition: "notYet" }, "03"],
])("a worker with %j comes for ground %s", (answers, ground) => {
  expect(contentOf(payloadWith(worker(answers)))["grundDesAufenthalts81a"]).toBe(ground);
});

test("an address abroad is none in Germany, which stands in the notes", () => {
  const content = contentOf(payloadWith(worker({ workerCountry: "DEU" })));
  expect(elementsOf(content, "fachkraft")?.["auslandsanschrift"]).toBeUndefined();
  expect(textOf(content, "sonstigeAnmerkung")).toContain("Fachkraft 1 - lebt in: Deutschland");
});

test("an application without workers is valid and says so", () => {
  const content = contentOf(payloadWith({ workers: [] }));
  expect(content["fachkraft"]).toMatchObject({
    familienname: { nichtVorhanden: true },
    geburt: { tagDerGeburt: { unbekannt: true } },
    staatsangehoerigkeit: [{ staatsangehoerigkeit: "999" }],
  });
  expect(textOf(content, "sonstigeAnmerkung")).toContain("Noch keine Fachkraft benannt.");
});

test.each([
  ["Erika Muster", "Erika", "Muster"],
  ["Anna Maria Muster-Probe", "Anna Maria", "Muster-Probe"],
  ["Erika von der Leyen", "Erika", "von der Leyen"],
  ["Muster", undefined, "Muster"],
  ["  Erika  Muster ", "Erika", "Muster"],
  ["erika muster", "erika", "muster"],
  ["", undefined, ""],
])("the name %j is parted without asking", (name, given, family) => {
  expect(partedName(name)).toEqual({ given, family });
});
