import { messageTypes } from "#flows/delivery/xauslaender2611/messageType.ts";

/** How a reason begins why an element never stands; in German, for vendors. */
export const NEVER = "nie: ";

const notAsked = `${NEVER}wird nicht gefragt`;
const nameNeeded = `${NEVER}der Name wird verlangt`;
const FORM = "erzeugtes PDF des Antrags";

/** Rows by the beginning of a path, which only hold for one message; the longest that fits counts before all rows of every message. */
export const ownOrigins: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [messageTypes.invitation]: {
    rechtsverbindlicheVE: `${NEVER}die Erklärung wird bei der Behörde unterschrieben`,
    "gastgeber/institutionell": `${NEVER}Einrichtungen haben hier kein Formular`,
    "gastgeber/privat/geburtsangaben/geburtsort/unbekannt": `${NEVER}der Geburtsort wird verlangt`,
    "gastgeber/privat/abholberechtigtePerson": notAsked,
    "gastgeber/privat/sonstigeAnmerkungen": "Leistung, Rechtsgrundlage, nachgereichte Nachweise, frühere Anträge",
    "gastgeber/privat/nachweis": "hochgeladene Nachweise",
    "gast/aufenthaltVisum": `${NEVER}ob ein Visum nötig ist, wird nicht gefragt`,
    "gast/anschrift/anschriftWieGastgeber": "immer: gefragt wird nach der Wohnung des Gastgebers",
    "gast/anschrift/abweichendeAnschrift": notAsked,
    "gast/anschriftAusland": notAsked,
    "gast/geburt/geburtsort/unbekannt": "immer: der Geburtsort wird nicht gefragt",
    "gast/familienname/nichtVorhanden": nameNeeded,
    "gast/vorname/nichtVorhanden": nameNeeded,
    "gast/weitereGaeste/geburt/geburtsort/unbekannt": "immer: der Geburtsort wird nicht gefragt",
    "gast/weitereGaeste/familienname/nichtVorhanden": nameNeeded,
    "gast/weitereGaeste/vorname/nichtVorhanden": nameNeeded,
    zusammenfassungBelehrung: FORM,
  },
  [messageTypes.fastTrack]: {
    grundDesAufenthalts81a: "Abschluss und Anerkennung der ersten Fachkraft",
    familienangehoerige: notAsked,
    "arbeitgeber/vertreter/vorname/nichtVorhanden": "wenn nur ein Wort getippt wurde",
    "arbeitgeber/vertreter/familienname/nichtVorhanden": nameNeeded,
    "arbeitgeber/vertreter/abweichendeAnschrift": notAsked,
    "arbeitgeber/vertreter/anlageVertreter": `hochgeladene Vollmacht, sonst ${FORM}`,
    "fachkraft/vorname/nichtVorhanden": "wenn noch niemand benannt ist",
    "fachkraft/familienname/nichtVorhanden": "wenn noch niemand benannt ist",
    "fachkraft/geburt/tagDerGeburt/unbekannt": "wenn noch niemand benannt ist",
    "fachkraft/geburt/geburtsort/unbekannt": "immer: der Geburtsort wird nicht gefragt",
    "fachkraft/familienstand/familienstand": "immer NB: der Familienstand wird nicht gefragt",
    "fachkraft/anschrift": `${NEVER}die Fachkraft lebt im Ausland`,
    "fachkraft/kommunikation": notAsked,
    "fachkraft/aufenthaltsdokument": `${NEVER}die Fachkraft lebt im Ausland`,
    "fachkraft/ausweisdokument": notAsked,
    "fachkraft/vertrauensniveau/anschrift": notAsked,
    "fachkraft/vertrauensniveau/kommunikation": notAsked,
    "fachkraft/vertrauensniveau/geburt/geburtsortStaat": notAsked,
    nachweis: `hochgeladene Nachweise, sonst ${FORM}`,
    sonstigeAnmerkung: "Leistung, Rechtsgrundlage, nachgereichte Nachweise, frühere Anträge",
  },
};

/** Parts of those messages of which hardly anything is asked: an element without any other row never stands. */
export const notAskedBelow: Readonly<Record<string, readonly string[]>> = {
  [messageTypes.invitation]: ["gastgeber/privat", "gast"],
  [messageTypes.fastTrack]: ["arbeitgeber", "fachkraft"],
};
