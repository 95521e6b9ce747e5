import type { App } from "#app/context.server.ts";
import type { Alarm } from "#app/components/operator/Alarms.tsx";
import type { OpenAlert } from "#app/outbox/desk.server.ts";
import { destinationOf } from "#app/outbox/message.server.ts";
import { listHref, traceHref } from "#app/routes/shared/operatorHref.ts";
import type { DeskWords } from "#app/routes/shared/operatorWords.server.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** States in which the messages are that a finding is about; the others are not about messages. */
const statesOf: Readonly<Record<string, string>> = {
  notPickedUp: "sent",
  urgentUndelivered: "undelivered",
  stuck: "stuck",
  circuitOpen: "undelivered",
  pausedWaiting: "undelivered",
  destinationInactive: "undelivered",
  tagMismatch: "undelivered",
  invalidStatement: "sent",
};

/** Findings of one kind at one authority as one alarm, the oldest first. */
export function alarmsOf(alerts: readonly OpenAlert[], app: Pick<App, "config">, words: DeskWords): Alarm[] {
  const groups = new Map<string, OpenAlert[]>();
  for (const alert of alerts) {
    const key = `${alert.kind} ${alert.authority ?? ""}`;
    groups.set(key, [...(groups.get(key) ?? []), alert]);
  }
  return [...groups].flatMap(([key, group]) => {
    const [first] = group;
    return first ? [alarmOf(key, first, group, app, words)] : [];
  });
}

function alarmOf(
  key: string,
  first: OpenAlert,
  group: readonly OpenAlert[],
  { config }: Pick<App, "config">,
  words: DeskWords,
): Alarm {
  const { say } = words;
  const { kind, authority, raisedAt } = first;
  const configured = authority === null ? undefined : config.byId.get(authority);
  const link = linkOf(group, configured && destinationOf(configured), words);
  return {
    key,
    ...words.alert({ kind, codes: [...new Set(group.flatMap(({ codes }) => codes))] }),
    ...(authority === null ? {} : { whose: words.authority(authority) }),
    since: say("operator:alarms.since", { age: words.age(raisedAt), moment: words.moment(raisedAt) }),
    ...(group.length > 1 ? { more: say("operator:alarms.more", { count: group.length - 1 }) } : {}),
    ...(link === undefined ? {} : { link }),
  };
}

/** One message leads to its trace, several to the list. */
function linkOf(
  group: readonly OpenAlert[],
  destination: string | undefined,
  { say }: DeskWords,
): { href: string; label: string } | undefined {
  const [first] = group;
  if (!first) return undefined;
  if (group.length === 1 && UUID.test(first.subject)) {
    return { href: traceHref(first.subject), label: say("operator:alarms.trace") };
  }
  const state = statesOf[first.kind.split(":")[0] ?? ""];
  if (state === undefined) return undefined;
  const named = first.subject.includes(":") && group.length === 1 ? first.subject : destination;
  const query = { state, ...(named === undefined ? {} : { destination: named }) };
  return { href: listHref(query), label: say("operator:alarms.link") };
}
