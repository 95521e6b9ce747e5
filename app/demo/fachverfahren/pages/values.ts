import { html } from "hono/html";

/** Markup whose inserted values are escaped. */
export type Html = ReturnType<typeof html>;

const berlin = { timeZone: "Europe/Berlin" } as const;
const dayFormat = new Intl.DateTimeFormat("de-DE", { ...berlin, day: "2-digit", month: "2-digit", year: "numeric" });
const timeFormat = new Intl.DateTimeFormat("de-DE", { ...berlin, hour: "2-digit", minute: "2-digit" });
const weekdayFormat = new Intl.DateTimeFormat("de-DE", { timeZone: "UTC", weekday: "long" });
const isoDayFormat = new Intl.DateTimeFormat("sv-SE", berlin);

/** True for a value with its own members, not for lists. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A calendar date `2027-01-15` as `15.01.2027`, a month `2027-01` as `01.2027`; other texts unchanged. */
export function formatDate(text: string): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(text) ?? [];
  if (!year || !month) return text;
  return day ? `${day}.${month}.${year}` : `${month}.${year}`;
}

/** A point in time as `21.11.2026, 09:40 Uhr` in Berlin; a text that is none unchanged. */
export function formatTime(text: string): string {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? text : `${dayFormat.format(time)}, ${timeFormat.format(time)} Uhr`;
}

/** A deadline with its weekday, `Freitag, 15.01.2027`. */
export function formatDeadline(date: string): string {
  const time = new Date(`${date}T00:00:00Z`);
  return Number.isNaN(time.getTime()) ? date : `${weekdayFormat.format(time)}, ${formatDate(date)}`;
}

/** Days from today (calendar of Berlin) to a date; negative when it is over. */
export function daysUntil(date: string, now: Date): number {
  return Math.round(
    (Date.parse(`${date}T00:00:00Z`) - Date.parse(`${isoDayFormat.format(now)}T00:00:00Z`)) / 86_400_000,
  );
}

/** Size of a file in words. */
export function formatSize(bytes: number): string {
  if (bytes < 1000) return `${bytes}\u00a0Byte`;
  const [amount, unit] = bytes < 1_000_000 ? [bytes / 1000, "KB"] : [bytes / 1_000_000, "MB"];
  return `${amount.toLocaleString("de-DE", { maximumFractionDigits: 1 })}\u00a0${unit}`;
}

/** Cents as euros, `100 €` or `46,50 €`. */
export function formatCents(cents: number): string {
  const digits = cents % 100 === 0 ? 0 : 2;
  return (cents / 100).toLocaleString("de-DE", { style: "currency", currency: "EUR", minimumFractionDigits: digits });
}

function isCoded(value: unknown): value is { code: string | number; text: string } {
  return (
    isRecord(value) &&
    typeof value.text === "string" &&
    (typeof value.code === "string" || typeof value.code === "number")
  );
}

function renderText(text: string): Html {
  const isInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text);
  return html`<bdi>${isInstant ? formatTime(text) : formatDate(text)}</bdi>`;
}

function isSimple(value: unknown): boolean {
  return isCoded(value) || typeof value !== "object" || value === null;
}

function asJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    // Nested too deeply to be written out.
    return "nicht darstellbar";
  }
}

/** One answer as a clerk reads it; a shape that is not known appears as JSON text. */
export function renderValue(value: unknown): Html {
  if (value === undefined || value === null || value === "") return html`<span class="muted">keine Angabe</span>`;
  if (typeof value === "boolean") return html`${value ? "Ja" : "Nein"}`;
  if (typeof value === "number") return html`${String(value).replace(".", ",")}`;
  if (typeof value === "string") return renderText(value);
  if (isCoded(value)) return html`<bdi>${value.text}</bdi> <small class="code">${value.code}</small>`;
  if (Array.isArray(value) && value.every(isSimple)) {
    if (value.length === 0) return renderValue(undefined);
    if (value.length === 1) return renderValue(value[0]);
    return html`<ul class="plain">
      ${value.map((item) => html`<li>${renderValue(item)}</li>`)}
    </ul>`;
  }
  return html`<code class="json">${asJson(value)}</code>`;
}
