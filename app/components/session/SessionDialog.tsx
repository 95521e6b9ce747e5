import { Link } from "@remix-run/react";
import { useMachine } from "@xstate/react";
import { useEffect, useMemo, useRef } from "react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { fromPromise } from "xstate";
import { Icon } from "#app/components/Icon.tsx";
import { renewSession } from "#app/components/session/renew.ts";
import { minutesLeft, type SessionInfo } from "#app/components/session/session.ts";
import { sessionMachine } from "#app/components/session/sessionMachine.ts";

/** How often the clock is read while the end is near. */
const TICK_MS = 5_000;

/**
 * Asks "are you still there?" before a session ends, and gives more time on one press; Escape stays too. Loaded only when
 * the end is near.
 */
export function SessionDialog({
  session,
  until,
  onRenewed,
  onEnded,
}: {
  session: SessionInfo;
  /** End of the session as this tab knows it, in milliseconds; changes when another tab prolongs it. */
  until: number;
  onRenewed: (until: number) => void;
  onEnded: () => void;
}) {
  const { t } = useTranslation();
  const machine = useMemo(
    () => sessionMachine.provide({ actors: { renew: fromPromise(() => renewSession(session)) } }),
    [session],
  );
  const [snapshot, send] = useMachine(machine, { input: { until, now: Date.now() } });
  const dialog = useRef<HTMLDialogElement>(null);
  const stayButton = useRef<HTMLButtonElement>(null);
  const { context } = snapshot;
  const isAsking = snapshot.matches("warning") || snapshot.matches("renewing");
  const isEnded = snapshot.matches("ended");

  useEffect(() => {
    const tick = () => send({ type: "TICK", now: Date.now() });
    const timer = setInterval(tick, TICK_MS);
    document.addEventListener("visibilitychange", tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", tick);
    };
  }, [send]);
  useEffect(() => {
    if (until !== context.until) send({ type: "HEARD", until });
  }, [until, send]);
  useEffect(() => {
    if (context.until > until) onRenewed(context.until);
  }, [context.until]);
  useEffect(() => {
    if (!isAsking) return dialog.current?.close();
    if (dialog.current?.open) return undefined;
    dialog.current?.showModal();
    return stayButton.current?.focus();
  }, [isAsking]);
  useEffect(() => {
    if (isEnded) onEnded();
  }, [isEnded]);

  const stay = () => send({ type: "STAY" });
  return (
    <dialog
      className="kern-dialog"
      ref={dialog}
      aria-labelledby="session-title"
      aria-describedby="session-time"
      onCancel={(event) => {
        event.preventDefault();
        stay();
      }}
    >
      <header className="kern-dialog__header">
        <h2 className="kern-title" id="session-title">
          {t("session.title")}
        </h2>
      </header>
      <div className="kern-dialog__body">
        <p className="kern-body" id="session-time" role="status">
          {t("session.minutes", { count: minutesLeft(context.until, context.now) })}
        </p>
        <p className="kern-body">{t("session.text")}</p>
        <div role="status">
          {context.isUnreachable && (
            <p className="kern-error">
              <Icon name="danger" />
              <span className="kern-body">
                {t("errorPage.offline.title")}. {t("errorPage.offline.text")}
              </span>
            </p>
          )}
        </div>
      </div>
      <footer className="kern-dialog__footer">
        <Link className="kern-btn kern-btn--secondary" to={session.laterHref}>
          <span className="kern-label">{t("actions.later")}</span>
        </Link>
        <button
          type="button"
          className="kern-btn kern-btn--primary"
          aria-disabled={snapshot.matches("renewing") || undefined}
          ref={stayButton}
          onClick={stay}
        >
          <span className="kern-label">{t(snapshot.matches("renewing") ? "session.renewing" : "session.stay")}</span>
        </button>
      </footer>
    </dialog>
  );
}
