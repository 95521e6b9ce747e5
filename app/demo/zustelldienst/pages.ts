import { createHash } from "node:crypto";
import type { Fault } from "./faults.ts";
import { FAULT_MODES } from "./faultModes.ts";
import type { Statistics } from "./store.ts";

const STYLE = `body{font-family:sans-serif;line-height:1.5;max-width:54rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;margin-block:1rem}caption{text-align:start;font-weight:bold}
th,td{border:1px solid #555;padding:.25rem .75rem;text-align:start;vertical-align:top}.count{text-align:end}
.notice{border-inline-start:.4rem solid #a60000;padding-inline-start:1rem}
form{margin-block:1rem}label{display:block;margin-block-start:.5rem}
select,input,button{font:inherit;min-height:2.75rem;padding:.25rem .5rem;max-width:100%;box-sizing:border-box}
button{margin-block-start:1rem}`;

/** Security headers of the page: nothing is loaded, nothing runs, only the style above applies, forms stay here. */
export const PAGE_HEADERS = {
  "Content-Security-Policy": `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'`,
  "Cache-Control": "no-store",
  "X-Content-Type-Options": "nosniff",
};

/** The German start page: what this is, how much lies here in which state, and which faults are switched on. */
export function startPage(statistics: Statistics, inForce: readonly Fault[]): string {
  const { incomplete, submitted, accepted, rejected } = statistics.submissions;
  const rows: [string, number][] = [
    ["angekündigt, noch unvollständig", incomplete],
    ["eingereicht, noch nicht quittiert", submitted],
    ["angenommen", accepted],
    ["zurückgewiesen", rejected],
  ];
  const counts = rows.map(([state, count]) => `<tr><th scope="row">${state}</th><td class="count">${count}</td></tr>`);
  return `<!doctype html>
<html lang="de">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Zustelldienst (SIMULATOR)</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Zustelldienst (SIMULATOR)</h1>
<p class="notice">Dies ist nicht FIT-Connect der FITKO, sondern eine Nachbildung für Vorführung und Prüfung.
Sie nimmt verschlüsselte Einreichungen an, reicht sie weiter und kann sie nicht lesen.
Bitte keine echten Anträge einreichen.</p>
<table>
<caption>Einreichungen nach Zustand</caption>
<thead><tr><th scope="col">Zustand</th><th scope="col">Anzahl</th></tr></thead>
<tbody>
${counts.join("\n")}
</tbody>
</table>
<p>Zustellpunkte: ${statistics.destinations}</p>
${faultPart(inForce)}
</main>
</body>
</html>
`;
}

function faultPart(inForce: readonly Fault[]): string {
  const options = Object.keys(FAULT_MODES).map((mode) => `<option>${mode}</option>`);
  const modes = Object.entries(FAULT_MODES).map(
    ([mode, sentence]) => `<tr><th scope="row">${mode}</th><td>${sentence}</td></tr>`,
  );
  return `<h2>Störungen</h2>
${inForceTable(inForce)}
<form method="post" action="/simulator/faults">
<label for="mode">Störung hinzufügen (none beendet alle)</label>
<select id="mode" name="mode">${options.join("")}</select>
<label for="delayMs">Pause in Millisekunden, wenn gewünscht</label>
<input id="delayMs" name="delayMs" inputmode="numeric" autocomplete="off">
<label for="count">Wie oft, leer für immer</label>
<input id="count" name="count" inputmode="numeric" autocomplete="off">
<label for="probability">Wahrscheinlichkeit von 0 bis 1, leer für jedes Mal</label>
<input id="probability" name="probability" inputmode="decimal" autocomplete="off">
<div><button>Übernehmen</button></div>
</form>
<table>
<caption>Was die Störungen tun</caption>
<thead><tr><th scope="col">Störung</th><th scope="col">Wirkung</th></tr></thead>
<tbody>
${modes.join("\n")}
</tbody>
</table>`;
}

function inForceTable(inForce: readonly Fault[]): string {
  if (inForce.length === 0) return "<p>Eingeschaltete Störung: keine</p>";
  const rows = inForce.map(({ mode, delayMs, count, probability = 1 }) => {
    const pause = delayMs === undefined ? "ohne Angabe" : `${delayMs}&nbsp;ms`;
    const often = count === undefined ? "unbegrenzt" : String(count);
    return `<tr><th scope="row">${mode}</th><td>${pause}</td><td>${often}</td><td>${probability}</td></tr>`;
  });
  return `<table>
<caption>Eingeschaltete Störungen</caption>
<thead><tr><th scope="col">Störung</th><th scope="col">Pause</th><th scope="col">Wie oft noch</th><th scope="col">Wahrscheinlichkeit</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>`;
}
