import { html } from "hono/html";
import type { CheckId } from "../report.ts";
import type { SubmissionRecord } from "../record.ts";
import type { Html } from "./values.ts";

/** German names of the receiver's checks. */
export const CHECK_NAMES: Record<CheckId, string> = {
  eventLog: "Ereignisprotokoll und Signaturen",
  tags: "Authentication-Tags",
  decryption: "Entschlüsselung",
  metadata: "Metadaten gegen ihr Schema",
  attachments: "Anlagen vollständig",
  hashes: "Prüfsummen (SHA-512)",
  service: "Verwaltungsleistung",
  schema: "Fachdaten gegen das Schema",
  references: "Nachweise und Anlagen",
};

const KINDS: Record<string, string> = {
  application: "Antrag",
  supplement: "Nachreichung",
  correction: "Berichtigung",
  answer: "Antwort",
  withdrawal: "Rücknahme",
  forward: "Weiterleitung",
  question: "Frage",
};

const ROLES: Record<string, string> = {
  self: "für sich selbst",
  parent: "Elternteil für das Kind",
  guardian: "gesetzliche Vertretung",
  attorney: "bevollmächtigte Person",
  employer: "Arbeitgeber",
  host: "gastgebende Person",
  helper: "helfende Person",
};

const PROVENANCE: Record<string, string> = {
  mrz: "aus der maschinenlesbaren Zone",
  carriedOver: "aus Angaben eines anderen Familienmitglieds",
  derived: "berechnet",
};

/** What kind of message this is, in German; an unknown kind as it came. */
export const kindName = (kind: string): string => KINDS[kind] ?? kind;

const RELATIONS: Readonly<Record<string, string>> = {
  spouse: "Ehepartner oder Ehepartnerin",
  child: "Kind",
  parent: "Elternteil",
  sibling: "Geschwister",
};

/** What somebody is to the applicant; nothing for "other", which says nothing. */
export function relationName(relation: string | undefined): string | undefined {
  return relation === undefined || relation === "other" ? undefined : (RELATIONS[relation] ?? relation);
}

/** In which role somebody filed. */
export const roleName = (role: string): string => ROLES[role] ?? role;

/** Where an answer comes from; nothing for typed answers, which are the normal case. */
export function provenanceName(origin: string | undefined): string | undefined {
  return origin === undefined || origin === "typed" ? undefined : (PROVENANCE[origin] ?? origin);
}

/** German name of a language tag. */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames("de", { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** State of an application with a mark, a word and a colour. */
export function stateBadge({ state, decision }: SubmissionRecord): Html {
  if (state === "open") return html`<span class="badge badge-open">○ offen</span>`;
  const [mark, word, tone] = state === "accepted" ? ["✓", "angenommen", "ok"] : ["✕", "zurückgewiesen", "bad"];
  const suffix = decision?.overtaken ? "anderweitig beendet" : decision?.deliveredAt ? "" : "wird übermittelt";
  return html`<span class="badge badge-${tone}">${mark} ${word}</span>${suffix ? html` <small>${suffix}</small>` : ""}`;
}

/** Urgency of a deadline: 56 days or fewer is soon, 14 or fewer urgent. */
export function urgency(days: number): "calm" | "soon" | "urgent" | "expired" {
  if (days < 0) return "expired";
  if (days <= 14) return "urgent";
  return days <= 56 ? "soon" : "calm";
}

/** Days left in words. */
export function daysLeft(days: number): string {
  if (days < 0) return days === -1 ? "seit gestern abgelaufen" : `seit ${-days} Tagen abgelaufen`;
  if (days === 0) return "endet heute";
  return days === 1 ? "noch 1 Tag" : `noch ${days} Tage`;
}
