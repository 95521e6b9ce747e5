import { fieldsOfService } from "#flows/delivery/xauslaender2611/fate.ts";
import { messageTypeOf, type MessageType } from "#flows/delivery/xauslaender2611/messageType.ts";
import { xauslaenderModel } from "#flows/delivery/xauslaender2611/model.ts";
import { NEVER, notAskedBelow, ownOrigins } from "#flows/delivery/xauslaender2611/ownOrigins.ts";
import { targets } from "#flows/delivery/xauslaender2611/targets.ts";
import type { ElementModel, TypeModel } from "#flows/delivery/xoev/model.ts";
import { services } from "#flows/services/registry.ts";

/** An element with text of a message that we write: how often it may stand where it stands, and what fills it. */
export type ElementRow = { path: string; often: string; filledBy: readonly string[]; never: boolean };

/**
 * What fills elements that no answer fills, or why none does, for vendors in German. A row holds for every path that has these
 * elements one below the other; the longest row that fits counts.
 */
const origins: Readonly<Record<string, string>> = {
  nachrichtenUUID: "Nummer der Nachricht",
  nachrichtentyp: "Nummer der Nachrichtenart",
  erstellungszeitpunkt: "Zeitpunkt der Antragstellung",
  leser: "Ausländerbehörde aus ihrer Konfiguration",
  autor: "Betreiber aus seiner Konfiguration",
  "anschrift.leser": `${NEVER}die Anschrift der Behörde steht im Verzeichnis (DVDV)`,
  "anschrift.autor": "Betreiber aus seiner Konfiguration",
  "anschrift.autor/postfach": `${NEVER}der Betreiber hat eine Hausanschrift`,
  antragsidentifikation: "Aktenzeichen des Antrags",
  rueckkanalVorhanden: "ob der Weg zur Behörde einen Rückweg hat",
  ausloeserUUID: "Nummer der Nachricht, auf die geantwortet wird",
  antragsdatum: "Tag der Antragstellung in Deutschland",
  grundDesAntrags: "Leistung",
  grundDesAufenthalts: "Leistung",
  grundDerMeldung: "Leistung und Verwandtschaft zum Unionsbürger",
  familiaereBeziehung: "Leistung",
  verbundenerAntrag: "Aktenzeichen früherer Anträge des Haushalts",
  angabenDokumentenlieferung: "Dokumentenplan",
  antragszusammenfassung: "erzeugtes PDF des Antrags",
  "dokumentOderReferenz/dokumentuuid": "Nummer des Dokuments, das in einem Paket folgt",
  nachweis: "hochgeladene Nachweise ohne eigenen Platz",
  unterlage: "erzeugtes PDF und hochgeladene Nachweise",
  antworttext: "Antwort der Person oder Hinweis auf die Ergänzung, dazu die Namen der Unterlagen",
  archiv: "ZIP-Archiv des Pakets",
  paketnummer: "Dokumentenplan",
  anzahlDerPakete: "Dokumentenplan",
  sonstigeAnmerkung:
    "Leistung, Rechtsgrundlage, Hilfe beim Antrag, übertragene Schreibweise, nachgereichte Nachweise, möglicherweise schon gestellte Anträge",
  "aufenthaltsdokument/aufenthaltsdokument": "hochgeladener Aufenthaltstitel",
  deutschesAufenthaltsdokumentVorhanden: "Art des Papiers, wenn es nicht hochgeladen ist",
  ausweisseite: "hochgeladene Ausweisseiten",
  anlageVertreter: "hochgeladene Vertretungsnachweise",
  kanal: "E-Mail oder Telefon",
  "geburtsort/unbekannt": "wenn der Geburtsort nicht gefragt wird",
  "referenzperson/geburt/tagDerGeburt/unbekannt": "wenn das Datum nicht bekannt ist",
  vertrauensniveau: "immer false: Niemand weist sich schon beim Antrag aus",
  "kommunikation/zusatz": `${NEVER}wird nicht gefragt`,
  "erreichbarkeit/zusatz": `${NEVER}wird nicht angegeben`,
  staatsgebiet: `${NEVER}Empfänger werten es bei der Staatsangehörigkeit nicht aus`,
  geburtsortbezirk: `${NEVER}wird nicht gefragt`,
  stockwerkswohnungsnummer: `${NEVER}steht wie getippt in zusatzangaben`,
  wohnortFruehererGemeindename: `${NEVER}wird nicht gefragt`,
  "hausnummern.bis": `${NEVER}steht wie getippt in teilnummerDerHausnummer`,
  "antragstellerVertreter/geschlecht": `${NEVER}wird nicht gefragt`,
  "antragstellerVertreter/anschrift": `${NEVER}wird nicht gefragt`,
  "antragstellerVertreter/postfach": `${NEVER}wird nicht gefragt`,
  "antragstellerVertreter/firma": `${NEVER}wird nicht gefragt`,
  "antragstellerVertreter/vorname/nichtVorhanden": `${NEVER}der Name wird verlangt`,
  "antragstellerVertreter/familienname/nichtVorhanden": `${NEVER}der Name wird verlangt`,
  "antragstellerVertreter/vertrauensniveau/anschrift": `${NEVER}die Anschrift wird nicht gefragt`,
  "antragstellerVertreter/vertrauensniveau/firma": `${NEVER}wird nicht gefragt`,
  "referenzperson/geburt/geburtsort/ort": `${NEVER}wird nicht gefragt`,
  "referenzperson/geburt/geburtsortStaat": `${NEVER}wird nicht gefragt`,
  "referenzperson/vorname/nichtVorhanden": `${NEVER}der Name wird verlangt`,
  "referenzperson/familienname/nichtVorhanden": `${NEVER}der Name wird verlangt`,
  "referenzperson/anschrift": "Anschrift der Person, wenn sie zusammen wohnen",
  getrenntLebend: `${NEVER}wird nicht gefragt`,
  verurteilung: `${NEVER}diese Leistungen fragen nicht danach`,
};

function leaves(type: TypeModel, path: string): [string, string][] {
  return type.elements.flatMap((element) => {
    const own = path === "" ? element.name : `${path}/${element.name}`;
    const below = xauslaenderModel.types.get(element.type);
    return below ? leaves(below, own) : [[own, often(element)] as [string, string]];
  });
}

function often({ min, max }: ElementModel): string {
  const most = max === Number.POSITIVE_INFINITY ? "*" : String(max);
  return String(min) === most ? most : `${min}..${most}`;
}

function longest(rows: Readonly<Record<string, string>>, isFitting: (row: string) => boolean): string | undefined {
  const [row] = Object.keys(rows)
    .filter(isFitting)
    .toSorted((a, b) => b.length - a.length);
  return row === undefined ? undefined : rows[row];
}

/** The row of the message itself comes first, then that of every message. */
function originOf(type: MessageType, path: string): string | undefined {
  const isBelow = (row: string) => `${path}/`.startsWith(`${row}/`);
  return (
    longest(ownOrigins[type] ?? {}, isBelow) ??
    longest(origins, (row) => `/${path}/`.includes(`/${row}/`)) ??
    (notAskedBelow[type]?.some(isBelow) ? `${NEVER}wird nicht gefragt` : undefined)
  );
}

/** Fields that any service asks whose applications become this message; tables of targets may be shared with others. */
function askedIn(type: MessageType): ReadonlySet<string> {
  const own = Object.values(services).filter(({ id }) => messageTypeOf(id) === type);
  return new Set(own.flatMap((service) => fieldsOfService(service).map(({ field }) => field)));
}

/** Every element with text of a message that we write, with the fields that fill it, or what else does, or why nothing does. */
export function elementsOfMessage(type: MessageType): readonly ElementRow[] {
  const message = xauslaenderModel.messages.get(type);
  if (!message) return [];
  const asked = askedIn(type);
  const fields = Object.entries(targets[type] ?? {}).filter(([field]) => asked.has(field));
  return leaves(message.type, "").map(([path, count]) => {
    const filling = fields.filter(([, paths]) => paths.some((one) => path === one || path.startsWith(`${one}/`)));
    const origin = originOf(type, path);
    const isNever = origin?.startsWith(NEVER) === true;
    const others = origin === undefined || (isNever && filling.length > 0) ? [] : [origin];
    return {
      path,
      often: count,
      filledBy: [...filling.map(([field]) => field), ...others],
      never: isNever && filling.length === 0,
    };
  });
}
