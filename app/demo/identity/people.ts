/** Somebody whom the demo can log in: an invented person with the groups that a real login service would send. */
export type Person = { id: string; name: string; groups: readonly string[]; does: string };

/** The invented staff of the demo. */
export const people: readonly Person[] = [
  {
    id: "betrieb",
    name: "Ira Beispiel",
    groups: ["rechenzentrum-betrieb"],
    does: "Rechenzentrum: technischer Betrieb für alle Behörden",
  },
  {
    id: "potsdam-sachbearbeitung",
    name: "Kim Muster",
    groups: ["abh-potsdam-sachbearbeitung"],
    does: "Ausländerbehörde Potsdam: Sachbearbeitung",
  },
  {
    id: "potsdam-leitung",
    name: "Luca Probe",
    groups: ["abh-potsdam-leitung", "abh-potsdam-sachbearbeitung"],
    does: "Ausländerbehörde Potsdam: Leitung",
  },
  {
    id: "potsdam-verwaltung",
    name: "Alex Vorlage",
    groups: ["abh-potsdam-verwaltung"],
    does: "Ausländerbehörde Potsdam: Verwaltung dieses Online-Dienstes",
  },
  {
    id: "barnim-sachbearbeitung",
    name: "Robin Schablone",
    groups: ["abh-barnim-sachbearbeitung"],
    does: "Ausländerbehörde Barnim: Sachbearbeitung",
  },
  {
    id: "beratung",
    name: "Sascha Exempel",
    groups: ["beratung-potsdam"],
    does: "Beratungsstelle in Potsdam",
  },
  {
    id: "ohne-rolle",
    name: "Toni Ohnerolle",
    groups: ["kantine"],
    does: "Arbeitet in der Kantine und hat hier keine Rolle",
  },
];
