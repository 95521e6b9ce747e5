import type { Head, Party } from "./xml.ts";

/** What an authority can write on its own account, by what the page calls it. */
export const answerKinds = [
  "received",
  "reviewed",
  "question",
  "appointment",
  "notCompetent",
  "intendedRefusal",
  "withdrawn",
  "invalid",
  "foreign",
] as const;

/** Kind of an answer; `invalid` and `foreign` (of another authority) are mistakes, for practice. */
export type AnswerKind = (typeof answerKinds)[number];

/** What a clerk typed, or a text in its place; days are calendar dates. */
export type AnswerWords = { text: string; date: string };

/** A page with one line, the smallest that viewers open: the letter of an invented authority. */
const PDF = Buffer.from(
  [
    "%PDF-1.4",
    "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj",
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj",
    "4 0 obj<</Length 66>>stream",
    "BT /F1 14 Tf 72 760 Td (Schreiben einer Behoerde SIMULATOR.) Tj ET",
    "endstream endobj",
    "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj",
    "trailer<</Root 1 0 R>>",
    "%%EOF",
    "",
  ].join("\n"),
).toString("base64");

const escaped = (text: string) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

const own = (name: string, inner: string) => `<xauslaender:${name}>${inner}</xauslaender:${name}>`;

const pdf = (name: string) => own(name, own("dokument", PDF) + own("dokumententyp", "<code>1</code>"));

// What an authority confirms having received: an application, an answer, a withdrawal.
const receivedCodes: Readonly<Record<string, string>> = { "130103": "02", "130111": "03" };

const status = (code: string) => own("status", `<code>${code}</code>`);

function place(): string {
  const address = "<hausnummer>1</hausnummer><postleitzahl>15230</postleitzahl><strasse>Beispielplatz</strasse>";
  return `<xauslaender:ort>${address}<wohnort>Frankfurt (Oder)</wohnort></xauslaender:ort>`;
}

/** Number and name of the message that says it, and its body. */
function bodyOf(kind: AnswerKind, head: Head, { text, date }: AnswerWords): [type: string, name: string, body: string] {
  const words = escaped(text);
  switch (kind) {
    case "received":
    case "foreign":
      return ["130104", "OZG.Statusmeldung", status(receivedCodes[head.type] ?? "01")];
    case "invalid":
      return ["130104", "OZG.Statusmeldung", status("99")];
    case "reviewed":
      return ["130104", "OZG.Statusmeldung", status("05")];
    case "question":
      return ["130102", "OZG.RueckkanalFrage", own("frage", words) + own("fristdatum", date)];
    case "appointment": {
      const times = own("datum", date) + own("uhrzeitAb", "09:30:00") + own("uhrzeitBis", "10:00:00");
      const more = own("weitereAngabenZumOrt", "Zimmer 2.14");
      const hints = own("weitereHinweise", words);
      return [
        "130105",
        "OZG.Terminmitteilung",
        own("strukturierteTermininformationen", times + place() + more) + hints,
      ];
    }
    case "notCompetent":
      return ["130109", "OZG.Unzustaendig", own("hinweis", words) + own("zustaendigeABH", "Landkreis Barnim")];
    case "intendedRefusal":
      return ["130110", "OZG.BeabsichtigteAblehnung", pdf("mitteilung")];
    case "withdrawn":
      return ["130107", "OZG.RuecknahmeReaktion", own("rueckmeldung", words)];
  }
}

function partyOf(role: string, { identifier, name }: Party, directoryVersion: string): string {
  const directory = `<verzeichnisdienst listURI="urn:xoev-de:kosit:codeliste:verzeichnisdienst" listVersionID="${escaped(directoryVersion)}"><code>DVDV</code></verzeichnisdienst>`;
  const channel =
    '<erreichbarkeit><kanal listURI="urn:de:xoev:codeliste:erreichbarkeit" listVersionID="3"><code>01</code></kanal><kennung>post@behoerde.example</kennung></erreichbarkeit>';
  const inner = `${directory}<kennung>${escaped(identifier)}</kennung><name>${escaped(name)}</name>`;
  return `<${role}>${inner}${role === "autor" ? channel : ""}</${role}>`;
}

/** An answer of the authority to a message that it received, as XML after XAusländer; `at` is an ISO instant. */
export function writeAnswer(
  kind: AnswerKind,
  head: Head,
  { id, at, words }: { id: string; at: string; words: AnswerWords },
): string {
  const [type, name, body] = bodyOf(kind, head, words);
  const author = kind === "foreign" ? { ...head.reader, identifier: "azr:999999" } : head.reader;
  const root = `xauslaender:${name}.${type}`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<${root} xmlns:xauslaender="${escaped(head.namespace)}" produkt="Gateway (SIMULATOR)" produkthersteller="Simulator" standard="XAusländer" test="Test" version="${escaped(head.version)}">`,
    "<nachrichtenkopf.g2g><identifikation.nachricht>",
    `<nachrichtenUUID>${id}</nachrichtenUUID>`,
    `<nachrichtentyp listURI="urn:de:xauslaender:codelist:nachrichtentyp" listVersionID="19"><code>${type}</code></nachrichtentyp>`,
    `<erstellungszeitpunkt>${at}</erstellungszeitpunkt></identifikation.nachricht>`,
    partyOf("leser", head.author, head.directoryVersion),
    partyOf("autor", author, head.directoryVersion),
    "</nachrichtenkopf.g2g><anschrift.autor><gebaeude><hausnummer>1</hausnummer><postleitzahl>15230</postleitzahl>",
    "<strasse>Beispielplatz</strasse><wohnort>Frankfurt (Oder)</wohnort></gebaeude></anschrift.autor>",
    own("antragsidentifikation", escaped(head.reference)),
    own("ausloeserUUID", head.messageId),
    body,
    `</${root}>`,
    "",
  ].join("\n");
}
