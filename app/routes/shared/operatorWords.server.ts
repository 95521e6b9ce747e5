import type { App } from "#app/context.server.ts";
import { berlinDate, formatDate, formatTime } from "#app/i18n/format.ts";
import { levels } from "#app/outbox/watchdog.ts";
import type { Page, Say } from "#app/routes/shared/request.server.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** An error code in words: what happened, what it means, what to do. */
export type CodeWords = { code: string; title: string; meaning: string; todo: string };

/** A finding of the watchdog in words. */
export type AlertWords = { title: string; text: string; todo: string; codes: string[] };

/** How the operator's pages say things; all in German. */
export type DeskWords = {
  say: Say;
  moment: (at: Date) => string;
  /** The same to the second. */
  exact: (at: Date) => string;
  /** How long ago. */
  age: (at: Date) => string;
  code: (code: string) => CodeWords;
  alert: (alert: { kind: string; codes: readonly string[] }) => AlertWords;
  /** Title of a stage of the transport; its own word where there is none. */
  stage: (stage: string | null) => string;
  /** A text if there is one, otherwise the word itself: what transports and newer versions add. */
  orItself: (key: string, word: string) => string;
  authority: (id: string) => string;
};

/** Words for codes, moments and names. */
export function deskWords(app: Pick<App, "config" | "now">, { say, has }: Pick<Page, "say" | "has">): DeskWords {
  const now = app.now().getTime();
  const orItself = (key: string, word: string) => (has(key) ? say(key) : word);
  const momentOf = (at: Date, seconds: boolean) =>
    say("operator:moment", { date: formatDate(berlinDate(at), "de"), time: formatTime(at, seconds) });
  return {
    say,
    orItself,
    moment: (at) => momentOf(at, false),
    exact: (at) => momentOf(at, true),
    age: (at) => ageOf(say, now - at.getTime()),
    code: (code) => codeOf(say, has, code),
    alert: (alert) => alertOf(say, has, alert),
    stage: (stage) => (stage === null ? say("operator:stages.none") : orItself(`operator:stages.${stage}`, stage)),
    authority: (id) => app.config.byId.get(id)?.name ?? id,
  };
}

function ageOf(say: Say, ms: number): string {
  if (ms < MINUTE) return say("operator:age.now");
  if (ms >= 2 * DAY) return say("operator:age.days", { count: Math.floor(ms / DAY) });
  const minutes = Math.floor(ms / MINUTE);
  if (ms < HOUR) return say("operator:age.minutes", { minutes });
  return say("operator:age.hours", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

/** Codes may carry a detail after a full stop: `keyRefused.revoked`, `internal.TypeError`. */
function codeOf(say: Say, has: Page["has"], code: string): CodeWords {
  const [base = "", detail = ""] = code.split(".");
  const known = has(`operator:codes.words.${base}.title`) ? base : "other";
  const text = (part: string) => say(`operator:codes.words.${known}.${part}`);
  const fault = `operator:codes.keyFaults.${detail}`;
  const meaning = base === "keyRefused" && has(fault) ? `${say(fault)} ${text("meaning")}` : text("meaning");
  return { code, title: text("title"), meaning, todo: text("todo") };
}

const isLevel = (code: string) => levels.some((level) => level === code);

/** Alerts have the words of the mails that tell them. Of several together the one that has come furthest gives the level. */
function alertOf(say: Say, has: Page["has"], { kind, codes }: { kind: string; codes: readonly string[] }): AlertWords {
  const [base = ""] = kind.split(":");
  const level = levels.findLast((each) => codes.includes(each));
  const rest = codes.filter((code) => !isLevel(code));
  if (!has(`officeMails:alert.${base}.title`)) {
    const other = (part: string) => say(`operator:codes.words.other.${part}`);
    return { title: kind, text: other("meaning"), todo: other("todo"), codes: rest };
  }
  const title = say(`officeMails:alert.${base}.title`);
  return {
    title: level === undefined ? title : `${title} (${say(`officeMails:alert.levels.${level}`)})`,
    text: say(`officeMails:alert.${base}.text`),
    todo: say(`officeMails:alert.${base}.operator`),
    codes: rest,
  };
}
