import { describe, expect, test } from "vitest";
import { readXml } from "#app/xml/parse.server.ts";
import { validatorFor } from "#app/xml/validate.server.ts";
import { xauslaenderModel } from "#flows/delivery/xauslaender2611/model.ts";
import { applicationMessage } from "./support/applicationMessage.ts";
import { rebuiltJudge, sampleMessage } from "./support/rebuiltSchema.ts";

const standard = { model: xauslaenderModel };
const rebuiltLine = rebuiltJudge();

const lineOf = (xml: string, text: string): number => xml.slice(0, xml.indexOf(text)).split("\n").length;

/** A person's given name in a fault; it must not come back in what is said about the fault. */
const NAME = "Anika";

type Fault = {
  name: string;
  /** What is replaced, and by what. */
  from: string | RegExp;
  to: string;
  /** The first line that holds this, after the change, is the faulty one. */
  at: string;
  reason: string;
  element?: string;
};

const faults: readonly Fault[] = [
  {
    name: "elements in another order",
    from: /(<xauslaender:antragsdatum>.*\n)(<xauslaender:grundDesAntrags.*\n)/,
    to: "$2$1",
    at: "<xauslaender:grundDesAntrags",
    reason: "notExpected",
    element: "grundDesAntrags",
  },
  {
    name: "the namespace of another version",
    from: "xauslaender2611",
    to: "xauslaender2605",
    at: "<xauslaender:OZG.Antrag",
    reason: "unknownMessage",
    element: "OZG.Antrag.130101",
  },
  {
    name: "a root that is no message",
    from: /OZG\.Antrag\.130101/g,
    to: "OZG.Antrag.130999",
    at: "<xauslaender:OZG.Antrag",
    reason: "unknownMessage",
  },
  {
    name: "a namespace where none belongs",
    from: /<name>(Anika.*)<\/name>/,
    to: "<xauslaender:name>$1</xauslaender:name>",
    at: "<xauslaender:name>",
    reason: "notExpected",
    element: "name",
  },
  {
    name: "no namespace where one belongs",
    from: /xauslaender:antragsidentifikation/g,
    to: "antragsidentifikation",
    at: "<antragsidentifikation",
    reason: "notExpected",
    element: "antragsidentifikation",
  },
  {
    name: "a missing element that must stand",
    from: /<xauslaender:grundDesAufenthalts.*\n/,
    to: "",
    at: "<xauslaender:angabenZurPerson",
    reason: "notExpected",
    element: "angabenZurPerson",
  },
  {
    name: "a person without nationality and everything behind it",
    from: /<xauslaender:staatsangehoerigkeit>[^]*<\/xauslaender:ausweisdokument>\n/,
    to: "",
    at: "<xauslaender:angabenZurPerson",
    reason: "missing",
    element: "angabenZurPerson",
  },
  {
    name: "a code that its list does not have",
    from: "<code>LD</code>",
    to: "<code>XX</code>",
    at: "<code>XX",
    reason: "unknownCode",
    element: "code",
  },
  {
    name: "an open list without its version",
    from: /(schluessel:staatsangehoerigkeit") listVersionID="[^"]*"/,
    to: "$1",
    at: '<xauslaender:staatsangehoerigkeit listURI="urn:de:bund:destatis:bevoelkerungsstatistik:schluessel:staatsangehoerigkeit"><',
    reason: "missingAttribute",
    element: "staatsangehoerigkeit",
  },
  {
    name: "another version of a closed list",
    from: /(familienstand") listVersionID="[^"]*"/,
    to: '$1 listVersionID="1"',
    at: 'listVersionID="1"><code>LD',
    reason: "attribute",
    element: "familienstand",
  },
  {
    name: "a fifth nationality",
    from: "<xauslaender:anschrift>",
    to: "<xauslaender:staatsangehoerigkeit/>\n<xauslaender:anschrift>",
    at: "<xauslaender:staatsangehoerigkeit/>",
    reason: "notExpected",
    element: "staatsangehoerigkeit",
  },
  {
    name: "a date that no calendar has",
    from: ">2026-11-21<",
    to: ">2026-02-30<",
    at: "2026-02-30",
    reason: "value",
    element: "antragsdatum",
  },
  {
    name: "a name that is said to be there without one",
    from: "<nichtVorhanden>true",
    to: "<nichtVorhanden>false",
    at: "<nichtVorhanden>false",
    reason: "fixedValue",
    element: "nichtVorhanden",
  },
  {
    name: "a sign that datatype C lacks",
    from: NAME,
    to: `${NAME} Аніка`,
    at: NAME,
    reason: "value",
    element: "name",
  },
  {
    name: "a house number of five digits",
    from: "<hausnummer>1234<",
    to: "<hausnummer>12345<",
    at: "<hausnummer>12345",
    reason: "value",
    element: "hausnummer",
  },
  {
    name: "both of a choice",
    from: "</xauslaender:vorname>",
    to: "<nichtVorhanden>true</nichtVorhanden>\n</xauslaender:vorname>",
    at: "<nichtVorhanden>",
    reason: "notExpected",
    element: "nichtVorhanden",
  },
  {
    name: "text between elements",
    from: "<xauslaender:nachweis>",
    to: "<xauslaender:nachweis>Vertrag",
    at: "<xauslaender:nachweis>Vertrag",
    reason: "content",
    element: "nachweis",
  },
  {
    name: "no producer",
    from: / produkthersteller="[^"]*"/,
    to: "",
    at: "<xauslaender:OZG.Antrag",
    reason: "missingAttribute",
    element: "OZG.Antrag.130101",
  },
];

test("the message without fault is valid, by the rebuilt schema too, and keeps a hyphen as a name", () => {
  for (const xml of [applicationMessage, applicationMessage.replace(/Anika [^<]*/, "-")]) {
    expect(validatorFor(standard).validate(xml)).toEqual({ ok: true });
    if (rebuiltLine) expect(rebuiltLine(xml)).toBeUndefined();
  }
});

test("the sample message that stands outside the project is valid by our schema", () => {
  const sample = sampleMessage();
  if (sample !== undefined) expect(validatorFor(standard).validate(sample)).toEqual({ ok: true });
});

describe.each(faults)("a message with $name", ({ from, to, at, reason, element }) => {
  const xml = applicationMessage.replace(from, to);
  const line = lineOf(xml, at);

  test("is refused with its line, a word and the element, and nothing that it says", () => {
    expect(xml).not.toBe(applicationMessage);
    const validity = validatorFor(standard).validate(xml);
    expect(validity).toEqual({ ok: false, line, reason, ...(element === undefined ? {} : { element }) });
    expect(JSON.stringify(validity)).not.toContain(NAME);
    const code = reason === "unknownMessage" ? "unknownMessage" : "invalid";
    expect(readXml(Buffer.from(xml), standard)).toEqual({ ok: false, code, line });
  });

  test("is refused with the same line by the rebuilt schema", () => {
    if (rebuiltLine) expect(rebuiltLine(xml)).toBe(line);
  });
});
