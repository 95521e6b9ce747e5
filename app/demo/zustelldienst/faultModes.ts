/** Every way in which the simulator can misbehave, with one sentence for its start page. */
export const FAULT_MODES = {
  none: "Keine Störung.",
  down: "Jeder Aufruf wird mit 503 abgewiesen und nennt eine Wartezeit.",
  "rate-limit": "Jeder Aufruf wird mit 429 abgewiesen und nennt eine Wartezeit.",
  slow: "Jede Antwort kommt um die Pause später.",
  nonsense: "Statt einer Antwort kommt eine Seite, die kein JSON ist.",
  "cut-request": "Die Verbindung reißt ab, bevor etwas getan ist.",
  "lose-announce": "Eine Einreichung wird angekündigt, dann reißt die Verbindung ab.",
  "lose-upload": "Eine Anlage wird gespeichert, dann reißt die Verbindung ab.",
  "lose-answer": "Eine Einreichung wird abgesendet, dann reißt die Verbindung ab.",
  "expired-token": "Ein gültiges Zugriffstoken wird mit 401 abgewiesen.",
  inactive: "Zustellpunkte zeigen sich als inaktiv und nehmen keine Ankündigung an.",
  lying: "Falsche Authentication-Tags werden unterschrieben und so gespeichert.",
  "foreign-key": "Ereignisse werden mit einem fremden Schlüssel unterschrieben und so gespeichert.",
  "wrong-tags":
    "Der Absender liest falsche Authentication-Tags mit echter Unterschrift; gespeichert sind die richtigen.",
  "wrong-signature": "Der Absender liest Ereignisse mit fremder Unterschrift; gespeichert sind die richtigen.",
  "missing-statement": "Der Absender liest das Ereignisprotokoll ohne das Ereignis der Absendung.",
  "forged-callback": "Ein Callback trägt eine falsche Prüfsumme.",
  "stale-callback": "Ein Callback trägt einen Zeitstempel, der zehn Minuten alt ist.",
  "late-callback": "Ein Callback kommt um die Pause später.",
  "lost-callback": "Ein Callback kommt nicht an.",
  "duplicate-callback": "Ein Callback kommt zweimal an.",
  "late-notify": "Das Ereignis der Benachrichtigung kommt um die Pause später.",
  "no-route": "Der Routingdienst findet keine zuständige Stelle.",
  "two-routes": "Der Routingdienst findet eine Stelle zu viel.",
  "wrong-route": "Der Routingdienst liefert eine Unterschrift für einen anderen Zustellpunkt.",
  "foreign-route": "Der Routingdienst liefert eine Unterschrift mit fremdem Schlüssel.",
} as const;

/** Name of a fault. */
export type FaultMode = keyof typeof FAULT_MODES;

/** Faults that sign with a key nobody published. */
export const FOREIGN_KEY_MODES: ReadonlySet<FaultMode> = new Set(["foreign-key", "wrong-signature", "foreign-route"]);

/** Whether a text names a fault. */
export function isFaultMode(text: unknown): text is FaultMode {
  return typeof text === "string" && Object.hasOwn(FAULT_MODES, text);
}
