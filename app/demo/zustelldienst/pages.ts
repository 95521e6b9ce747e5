import { createHash } from "node:crypto";
import type { Fault } from "./faults.ts";
import type { Statistics } from "./store.ts";

const STYLE = `body{font-family:sans-serif;line-height:1.5;max-width:44rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;margin-block:1rem}caption{text-align:start;font-weight:bold}
th,td{border:1px solid #555;padding:.25rem .75rem;text-align:start}td{text-align:end}
.notice{border-inline-start:.4rem solid #a60000;padding-inline-start:1rem}`;

/** Security headers of the page: nothing is loaded, nothing runs, only the style above applies. */
export const PAGE_HEADERS = {
  "Content-Security-Policy": `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
  "Cache-Control": "no-store",
  "X-Content-Type-Options": "nosniff",
};

/** The German start page: what this is, and how much lies here in which state. */
export function startPage(statistics: Statistics, fault: Fault): string {
  const { incomplete, submitted, accepted, rejected } = statistics.submissions;
  const rows: [string, number][] = [
    ["angekündigt, noch unvollständig", incomplete],
    ["eingereicht, noch nicht quittiert", submitted],
    ["angenommen", accepted],
    ["zurückgewiesen", rejected],
  ];
  const body = rows.map(([state, count]) => `<tr><th scope="row">${state}</th><td>${count}</td></tr>`).join("\n");
  const disturbance = fault.mode === "none" ? "keine" : fault.mode;
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
${body}
</tbody>
</table>
<p>Zustellpunkte: ${statistics.destinations}</p>
<p>Eingeschaltete Störung: ${disturbance}</p>
</main>
</body>
</html>
`;
}
