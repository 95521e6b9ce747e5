import type { App } from "#app/context.server.ts";
import type { Fact, Step } from "#app/components/operator/MessageTrace.tsx";
import type { LoggedAttempt, Trace } from "#app/outbox/deskMessages.server.ts";
import { germanServiceTitle } from "#app/i18n/words.ts";
import { traceHref } from "#app/routes/shared/operatorHref.ts";
import { nextOf, stateBadge } from "#app/routes/shared/operatorList.server.ts";
import { notesOf } from "#app/routes/shared/operatorOverview.server.ts";
import type { DeskWords } from "#app/routes/shared/operatorWords.server.ts";

/** The way of a message in finished words. */
export function traceView(trace: Trace, app: Pick<App, "now">, words: DeskWords) {
  const { say, code } = words;
  const { message, siblings } = trace;
  return {
    id: message.id,
    title:
      message.reference === null
        ? say("operator:trace.titleGone")
        : say("operator:trace.title", { reference: message.reference }),
    state: stateBadge(message.state, words),
    problem: message.lastError === null ? undefined : code(message.lastError),
    facts: factsOf(trace, app.now(), words),
    steps: stepsOf(trace, words),
    acts: actsOf(message).map((act) => ({ act, label: say(`operator:actions.${act}`) })),
    siblings: siblings.map((sibling) => ({
      href: traceHref(sibling.id),
      label: say("operator:trace.sibling", {
        kind: say(`operator:kinds.${sibling.kind}`),
        moment: words.moment(sibling.createdAt),
        state: say(`operator:states.${sibling.state}`),
      }),
    })),
  };
}

/** What can be done with a message in a state. */
function actsOf({ state, lastError }: Trace["message"]): ("resend" | "anew" | "pause" | "resume")[] {
  if (state === "paused") return ["resume"];
  if (state === "sent") return ["resend"];
  if (state === "stuck" && lastError === "tagMismatch") return ["resend", "anew", "pause"];
  return state === "accepted" || state === "rejected" ? [] : ["resend", "pause"];
}

function factsOf({ message, circuit }: Trace, now: Date, words: DeskWords): Fact[] {
  const { say, moment, age, authority, stage } = words;
  const fact = (name: string, value: string, more: Omit<Fact, "label" | "value"> = {}): Fact => ({
    label: say(`operator:trace.${name}`),
    value,
    ...more,
  });
  const { service, urgentFrom, filedAt, createdAt, queuedAt } = message;
  const [note] = notesOf(circuit, words);
  return [
    fact("kind", say(`operator:kinds.${message.kind}`)),
    ...(service === null ? [] : [fact("service", germanServiceTitle(service), { note: service })]),
    fact("authority", authority(message.authority), { note: message.destination }),
    fact("filed", moment(filedAt ?? createdAt), { note: age(createdAt) }),
    fact("stage", stage(message.stage)),
    fact("attempts", String(message.attempts)),
    fact("next", nextOf(message, circuit, now, words)),
    ...(queuedAt > createdAt ? [fact("queued", moment(queuedAt))] : []),
    ...(urgentFrom === null ? [] : [fact("urgent", moment(urgentFrom))]),
    ...(note === undefined ? [] : [fact("circuit", note)]),
    fact("id", message.id, { isCode: true }),
  ];
}

type Dated = { at: Date; step: Step };

function stepsOf(trace: Trace, words: DeskWords): Step[] {
  const steps: Dated[] = [
    ...eventSteps(trace, words),
    ...trace.attempts.map((attempt) => ({ at: attempt.at, step: attemptStep(attempt, words) })),
    ...alertSteps(trace, words),
    ...mailSteps(trace, words),
  ];
  return steps.toSorted((a, b) => a.at.getTime() - b.at.getTime()).map(({ step }) => step);
}

function eventSteps({ events }: Trace, { say, exact, orItself }: DeskWords): Dated[] {
  return events.map(({ kind, at, codes }) => ({
    at,
    step: {
      tone: kind === "stuck" || kind === "rejected" ? "failed" : "done",
      title: orItself(`operator:events.${kind}`, orItself(`status:${kind}.title`, kind)),
      when: exact(at),
      ...(codes.length > 0 ? { note: say("operator:trace.codes", { codes: codes.join(", ") }) } : {}),
    },
  }));
}

function attemptStep({ at, tookMs, stage, code }: LoggedAttempt, words: DeskWords): Step {
  const { say, exact } = words;
  const took = say("operator:trace.took", { ms: tookMs, stage: words.stage(stage) });
  if (code === null) return { tone: "done", title: say("operator:trace.attemptOk"), when: exact(at), note: took };
  const { title, meaning } = words.code(code);
  return {
    tone: "failed",
    title: say("operator:trace.attemptFailed", { title }),
    when: exact(at),
    text: meaning,
    note: took,
    code,
  };
}

function alertSteps({ alerts }: Trace, { say, exact, alert }: DeskWords): Dated[] {
  return alerts.map((found) => {
    const { title, codes } = alert(found);
    return {
      at: found.raisedAt,
      step: {
        tone: "failed",
        title: say("operator:trace.alert", { title }),
        when: exact(found.raisedAt),
        ...(found.clearedAt ? { text: say("operator:trace.cleared", { moment: exact(found.clearedAt) }) } : {}),
        ...(codes.length > 0 ? { note: say("operator:trace.codes", { codes: codes.join(", ") }) } : {}),
      },
    };
  });
}

function mailSteps({ mails }: Trace, { say, exact, orItself }: DeskWords): Dated[] {
  return mails.map(({ purpose, audience, state, attempts, lastError, createdAt, sentAt }) => ({
    at: sentAt ?? createdAt,
    step: {
      tone: state === "failed" ? "failed" : "note",
      title: say("operator:trace.mail", {
        purpose: orItself(`operator:mails.purposes.${purpose}`, purpose),
        audience: orItself(`operator:mails.audiences.${audience}`, audience),
      }),
      when: exact(sentAt ?? createdAt),
      text: say("operator:trace.mailState", { state: orItself(`operator:mails.states.${state}`, state), attempts }),
      ...(lastError === null ? {} : { code: lastError }),
    },
  }));
}
