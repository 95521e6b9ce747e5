/** The one style sheet: own, small, without fonts and pictures from elsewhere; dark mode follows the system. */
export const STYLE = `
:root { color-scheme: light dark; --text: #131525; --muted: #51577a; --ground: #fff; --band: #f9f6ef; --line: #ddd7ca;
  --control: #7b7a86; --action: #2044aa; --on-action: #fff; --ok: #007155; --warn: #925400; --bad: #c31c13; --info: #006b8c;
  --warn-ground: #fff3dc; --bad-ground: #fef0ee; --info-ground: #e4f5fa; }
@media screen and (prefers-color-scheme: dark) { :root { --text: #f3f4f7; --muted: #b9bccd; --ground: #14161e; --band: #1b1e28;
  --line: #3b3f4e; --control: #8a8fa8; --action: #a2b8e4; --on-action: #0d0f18; --ok: #3cc39f; --warn: #f69a00; --bad: #f59587;
  --info: #31c6f4; --warn-ground: #38220a; --bad-ground: #471313; --info-ground: #062b39; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 1.0625rem/1.6 system-ui, "Segoe UI", Roboto, sans-serif;
  overflow-wrap: anywhere; }
.page { max-width: 84rem; margin-inline: auto; padding-inline: 1rem; }
@media (min-width: 48rem) { .page { padding-inline: 2rem; } }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 0.25rem 0 0.5rem; }
h2 { font-size: 1.1875rem; line-height: 1.4; margin: 0 0 0.5rem; }
h3 { font-size: 1.0625rem; margin: 1rem 0 0.25rem; }
p { margin: 0 0 0.5rem; }
section, details { margin-block: 1.5rem; }
a { color: var(--action); text-underline-offset: 0.15em; }
:focus-visible { outline: 3px solid var(--action); outline-offset: 2px; }
header { background: var(--band); border-bottom: 4px solid var(--info); padding-block: 0.75rem; }
header p { margin: 0; }
.banner strong { background: var(--warn-ground); color: var(--warn); padding: 0.125rem 0.5rem; border-radius: 0.25rem; }
.product a { color: inherit; font-weight: 600; text-decoration: none; }
main { padding-block: 1.5rem; }
footer { background: var(--band); border-top: 1px solid var(--line); padding-block: 1rem; color: var(--muted); }
.skip { position: absolute; inset-inline-start: -100rem; }
.skip:focus { inset-inline-start: 1rem; background: var(--ground); padding: 0.5rem; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.muted, small { color: var(--muted); }
small { font-size: 0.9375rem; }
.code, .json, pre { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: 0.9375em; unicode-bidi: isolate; }
.json { white-space: pre-wrap; }
pre { white-space: pre-wrap; word-break: break-all; background: var(--band); padding: 0.75rem; max-height: 12rem; overflow: auto; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; min-width: 60rem; }
th, td { text-align: start; vertical-align: top; padding: 0.625rem 0.75rem 0.625rem 0; border-bottom: 1px solid var(--line); }
th { font-size: 0.9375rem; color: var(--muted); }
td small { display: block; }
.stats { display: flex; flex-wrap: wrap; gap: 0.75rem; margin: 1rem 0; }
.stats div { border: 1px solid var(--line); border-radius: 0.5rem; padding: 0.5rem 1rem; min-width: 8rem; }
.stats dt { color: var(--muted); } .stats dd { margin: 0; font-size: 1.5rem; font-weight: 600; }
.empty { border: 1px dashed var(--control); border-radius: 0.5rem; padding: 2rem; text-align: center; }
.badge { white-space: nowrap; font-weight: 600; }
.badge-open { color: var(--info); } .badge-ok { color: var(--ok); } .badge-bad { color: var(--bad); }
.due-soon { color: var(--warn); font-weight: 600; } .due-urgent, .due-expired { color: var(--bad); font-weight: 600; }
.notice { border-inline-start: 6px solid var(--info); background: var(--info-ground); padding: 1rem; border-radius: 0.5rem;
  margin-block: 1rem; }
.notice-soon { border-color: var(--warn); background: var(--warn-ground); }
.notice-urgent, .notice-expired { border-color: var(--bad); background: var(--bad-ground); }
.notice p:last-child, .notice ul { margin-bottom: 0; }
.demo { border: 1px solid var(--warn); color: var(--warn); padding: 0.5rem 1rem; border-radius: 0.5rem; }
.split { display: grid; gap: 0 2.5rem; }
@media (min-width: 62rem) { .split { grid-template-columns: minmax(0, 1fr) 24rem; } }
.pairs { margin: 0; } .pair { display: grid; gap: 0 1rem; padding-block: 0.375rem; border-bottom: 1px solid var(--line); }
.pair dt { color: var(--muted); } .pair dd { margin: 0; white-space: pre-line; }
@media (min-width: 40rem) { .pair { grid-template-columns: 15rem minmax(0, 1fr); } .technical .pair { display: block; } }
.item { border-inline-start: 3px solid var(--line); padding-inline-start: 1rem; margin-block: 0.75rem; }
.item-title { font-weight: 600; }
.plain, .list, .checks { list-style: none; padding: 0; margin: 0; }
.plain li, .list li, .checks li { padding-block: 0.1875rem; }
.later { color: var(--warn); font-weight: 600; }
.sheet { border: 1px solid var(--line); border-radius: 0.5rem; padding: 1rem; }
.check-ok b { color: var(--ok); } .check-failed b { color: var(--bad); } .check-note b { color: var(--warn); }
form { margin-block: 0.75rem; }
label { font-weight: 600; }
textarea { width: 100%; font: inherit; color: inherit; background: var(--band); border: 1px solid var(--control);
  border-radius: 0.375rem; padding: 0.5rem; }
button { font: inherit; font-weight: 600; min-height: 2.75rem; padding: 0.5rem 1.25rem; border-radius: 0.375rem; cursor: pointer;
  border: 2px solid var(--action); background: transparent; color: var(--action); margin-top: 0.5rem; }
.primary { background: var(--action); color: var(--on-action); }
.error { color: var(--bad); font-weight: 600; } .error a { color: inherit; }
summary { cursor: pointer; font-weight: 600; padding-block: 0.5rem; }
.pager { display: flex; gap: 1rem; margin-block: 1rem; }
@media print { header, footer, form, details, .skip { display: none; } }
`;
