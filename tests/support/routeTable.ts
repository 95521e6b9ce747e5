import type { StaffRole } from "#app/config/staff.ts";

/** Who may see an address. A holder has typed in an access code, or has got one here; `login` is the way in for staff. */
export type Who =
  "anyone" | "holder of a draft" | "holder of a case" | "holder of either" | "holder's script" | "login" | "staff";
/**
 * An address to try, where it leads a person without a code, where a holder for whom it has nothing, and for staff the roles
 * that may see it.
 */
export type Row = { who: Who; at: string; strangerTo?: string; holderTo?: string; roles?: readonly StaffRole[] };

const anyone = (at: string): Row => ({ who: "anyone", at });
const staff = (at: string, ...roles: readonly StaffRole[]): Row => ({ who: "staff", at, roles });
const login = (at: string): Row => ({ who: "login", at });
/** The first question, which is for anyone. */
export const START = "/de/potsdam/triage/place";

/** Every page with who may see it. */
export const PAGES: Readonly<Record<string, Row>> = {
  "/": { ...anyone("/"), strangerTo: "/de" },
  status: { ...anyone("/status"), strangerTo: "/de/status" },
  resume: { ...anyone("/resume"), strangerTo: "/de/resume" },
  verify: { ...anyone("/verify"), strangerTo: "/de/verify" },
  forbidden: { ...anyone("/forbidden"), strangerTo: "/de/forbidden" },
  operator: staff("/operator", "operator", "administrator"),
  "operator/messages": staff("/operator/messages", "operator", "administrator"),
  "operator/messages/:id": staff(
    "/operator/messages/0d6f1c52-8a3e-4b17-9c64-2f5be1a7d054",
    "operator",
    "administrator",
  ),
  "operator/search": staff("/operator/search", "operator", "administrator"),
  // Takes posts only; its loader leads to the page that has them.
  "operator/drills": { ...staff("/operator/drills", "operator", "administrator"), strangerTo: "/operator" },
  helper: staff("/helper", "helper"),
  "helper/import": staff("/helper/import", "helper"),
  // Takes posts only; its loader leads to the page that has them.
  "helper/import/sheets.pdf": staff("/helper/import/sheets.pdf", "helper"),
  // What nobody has filed today has no labels.
  "helper/labels.pdf": staff("/helper/labels.pdf", "helper"),
  "staff/login": login("/staff/login"),
  "staff/callback": anyone("/staff/callback"),
  "staff/logout": anyone("/staff/logout"),
  "staff/denied": login("/staff/denied"),
  ":lng": anyone("/de"),
  // The form is for anyone, the status behind it for the holder of a case: see the test of its own.
  ":lng/status": anyone("/de/status"),
  ":lng/resume": anyone("/de/resume"),
  ":lng/verify": anyone("/de/verify"),
  ":lng/lost-code": anyone("/de/lost-code"),
  ":lng/session-ended": anyone("/de/session-ended"),
  ":lng/end-session": { ...anyone("/de/end-session"), strangerTo: "/de" },
  ":lng/forget": { ...anyone("/de/forget"), strangerTo: "/de" },
  // For helped sittings alone: see `tests/helper.test.ts`.
  ":lng/hand-over": { ...anyone("/de/hand-over"), strangerTo: "/de" },
  ":lng/claim": anyone("/de/claim"),
  ":lng/leave": { ...anyone("/de/leave"), strangerTo: "/de" },
  ":lng/session": { ...anyone("/de/session"), strangerTo: "/de" },
  ":lng/supplement": { ...anyone("/de/supplement"), strangerTo: "/de/status" },
  // Only where an authority's format has a way back: who has none is led to the status.
  ":lng/answer/:letter": {
    ...anyone("/de/answer/0d6f1c52-8a3e-4b17-9c64-2f5be1a7d054"),
    strangerTo: "/de/status",
  },
  ":lng/withdraw": { ...anyone("/de/withdraw"), strangerTo: "/de/status" },
  ":lng/letters/:letter/:document": {
    ...anyone("/de/letters/0d6f1c52-8a3e-4b17-9c64-2f5be1a7d054/0"),
    strangerTo: "/de/status",
  },
  ":lng/forbidden": anyone("/de/forbidden"),
  ":lng/delete-data": anyone("/de/delete-data"),
  ":lng/imprint": anyone("/de/imprint"),
  ":lng/privacy": anyone("/de/privacy"),
  ":lng/accessibility": anyone("/de/accessibility"),
  ":lng/visualisation/:service": anyone("/de/visualisation/W-18g"),
  ":lng/:authority": anyone("/de/potsdam"),
  ":lng/:authority/privacy": anyone("/de/potsdam/privacy"),
  ":lng/:authority/save-code": { who: "holder of a draft", at: "/de/potsdam/save-code", strangerTo: START },
  ":lng/:authority/not-responsible": anyone("/de/potsdam/not-responsible"),
  ":lng/:authority/checklist": { who: "holder of a draft", at: "/de/potsdam/checklist", strangerTo: START },
  ":lng/:authority/draft.pdf": { who: "holder of a draft", at: "/de/potsdam/draft.pdf", strangerTo: START },
  // The place of this draft leaves nothing open.
  ":lng/:authority/which-place": {
    who: "holder of a draft",
    at: "/de/potsdam/which-place",
    strangerTo: START,
    holderTo: "/de/potsdam/triage/applicant",
  },
  ":lng/:authority/receipt": { who: "holder of a case", at: "/de/potsdam/receipt", strangerTo: "/de/status" },
  ":lng/:authority/household": { who: "holder of either", at: "/de/potsdam/household", strangerTo: "/de/resume" },
  // Of one application there is no overview.
  ":lng/:authority/family.pdf": {
    who: "holder of either",
    at: "/de/potsdam/family.pdf",
    strangerTo: "/de/resume",
    holderTo: "/de/potsdam/household",
  },
  ":lng/:authority/ukraine": anyone("/de/potsdam/ukraine"),
  ":lng/:authority/join": anyone("/de/potsdam/join"),
  ":lng/:authority/access-sheet": { who: "holder of either", at: "/de/potsdam/access-sheet", strangerTo: "/de/resume" },
  // Only where a helper sits with the person.
  ":lng/:authority/label.pdf": {
    ...anyone("/de/potsdam/label.pdf"),
    strangerTo: "/de/status",
  },
  ":lng/:authority/application": { who: "holder of a case", at: "/de/potsdam/application", strangerTo: "/de/status" },
  ":lng/:authority/application.pdf": {
    who: "holder of a case",
    at: "/de/potsdam/application.pdf",
    strangerTo: "/de/status",
  },
  ":lng/:authority/uploads": { who: "holder's script", at: "/de/potsdam/uploads" },
  ":lng/:authority/uploads/:id": { who: "holder's script", at: "/de/potsdam/uploads/abc" },
  ":lng/:authority/uploads/:id/complete": { who: "holder's script", at: "/de/potsdam/uploads/abc/complete" },
  ":lng/:authority/uploads/:id/:part": { who: "holder's script", at: "/de/potsdam/uploads/abc/0" },
  ":lng/:authority/:service": { who: "holder of a draft", at: "/de/potsdam/W-18g", strangerTo: START },
  // Its very first page is for anyone, because there is no draft yet: see the test of its own.
  ":lng/:authority/:service/:step": { who: "holder of a draft", at: "/de/potsdam/W-18g/name", strangerTo: START },
  ":lng/:authority/:service/:group/:item/:step": {
    who: "holder of a draft",
    at: "/de/potsdam/W-18g/family/abc/relative",
    strangerTo: START,
  },
  "*": anyone("/no/such/page/at/all"),
};

/** Addresses that are answered before the pages, in `app/http.server.ts`. */
export const FRONT: Readonly<Record<string, Row>> = {
  "/health/live": anyone("/health/live"),
  "/health": anyone("/health"),
  "/.well-known/receipt-keys.json": anyone("/.well-known/receipt-keys.json"),
  "/api/fit-connect/callbacks/:message": anyone("/api/fit-connect/callbacks/0d6f1c52-8a3e-4b17-9c64-2f5be1a7d054"),
  "/brand/:file{.+\\.css}": anyone("/brand/potsdam.css"),
  "/assets/*": anyone("/assets/no-such-file.js"),
  "/fonts/*": anyone("/fonts/no-such-file.woff2"),
  "/schemas/*": anyone("/schemas/no-such-file.json"),
  "/templates/*": anyone("/templates/no-such-file.csv"),
  "/favicon.ico": anyone("/favicon.ico"),
  "/favicon.svg": anyone("/favicon.svg"),
  "/robots.txt": anyone("/robots.txt"),
  "*": anyone("/de"),
};
