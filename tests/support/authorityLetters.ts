import { randomUUID } from "node:crypto";
import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { transports } from "#app/connector/registry.server.ts";
import type { App } from "#app/context.server.ts";
import { xauslaender2611 } from "#flows/delivery/xauslaender2611/standard.ts";
import type { Elements } from "#flows/delivery/xoev/content.ts";
import { writeMessage } from "#flows/delivery/xoev/write.ts";
import { appWith } from "./xmlFiling.ts";

/** Keys of the authorities that write, and of this service, in the directory. */
export const AUTHORITY_KEY = "azr:120540";
const OTHER_KEY = "azr:120600";
export const OWN_KEY = "alp:muster";

/** The same app, where Potsdam and Barnim get XML through folders of a gateway below `folder`. */
export function appWithFolders(app: App, folder: string): App {
  for (const mailbox of ["potsdam", "barnim"]) {
    for (const name of ["out", "acks", "answers"]) mkdirSync(join(folder, mailbox, name), { recursive: true });
  }
  const gateway = { id: "probe", address: { kind: "folder", path: folder }, certificate: undefined } as const;
  const way = { kind: "drop", gateway: gateway.id, format: xauslaender2611.id } as const;
  const own = transports({ drop: { gateways: new Map([[gateway.id, gateway]]) } });
  const changed = appWith(app, {
    potsdam: { ...way, mailbox: "potsdam", authorityKey: AUTHORITY_KEY },
    barnim: { ...way, mailbox: "barnim", authorityKey: OTHER_KEY },
  });
  return { ...changed, transports: new Map([...app.transports, ...own]) };
}

/** Which message of the authority, about which of ours. */
export type LetterHead = { reference: string; answersTo: string; id?: string; from?: string; to?: string };

/** A message of an authority as its Fachverfahren would write it: 130102 question, 130104 status and so on. */
export function letterXml(type: string, body: Elements, given: LetterHead): string {
  const { id = randomUUID(), from = AUTHORITY_KEY, to = OWN_KEY, reference, answersTo } = given;
  const head: Elements = {
    "nachrichtenkopf.g2g": {
      "identifikation.nachricht": {
        nachrichtenUUID: id,
        nachrichtentyp: type,
        erstellungszeitpunkt: "2026-11-21T10:15:30.123+01:00",
      },
      leser: { verzeichnisdienst: "DVDV", kennung: to, name: "Aufenthalt Online" },
      autor: {
        verzeichnisdienst: "DVDV",
        kennung: from,
        name: "Ausländerbehörde",
        erreichbarkeit: { kanal: "01", kennung: "abh@example.org" },
      },
    },
    "anschrift.autor": { gebaeude: { postleitzahl: "14467", strasse: "Am Markt", wohnort: "Potsdam" } },
    antragsidentifikation: reference,
    ausloeserUUID: answersTo,
  };
  const attributes = { produkt: "Fachverfahren", produkthersteller: "Beispiel", produktversion: "1" };
  return writeMessage(xauslaender2611.model, type, attributes, { ...head, ...body });
}

/** A small PDF as messages carry it. */
export const letterPdf = { dokument: Buffer.from("%PDF-1.7\nBescheid\n%%EOF").toString("base64"), dokumententyp: "1" };

/** Puts a finished file into an authority's folder of answers. */
export function layAnswer(folder: string, mailbox: string, name: string, content: string | Uint8Array): void {
  const path = join(folder, mailbox, "answers", name);
  writeFileSync(path, content);
  // Whoever just wrote it might still be at it.
  utimesSync(path, new Date(0), new Date(0));
}
