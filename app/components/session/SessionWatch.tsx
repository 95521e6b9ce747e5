import { useEffect, useState } from "react";
import { forgetUnsent } from "#app/components/form/unsent.ts";
import { MINUTE_MS, WARNING_MS, type SessionInfo } from "#app/components/session/session.ts";
import { hearTabs, tellTabs } from "#app/components/session/sessionChannel.ts";
import type { SessionDialog } from "#app/components/session/SessionDialog.tsx";

/** The dialog is fetched a little before it is needed. */
const FETCH_MS = WARNING_MS + MINUTE_MS;
const LOOK_MS = 15_000;

/** Leaves the page for the one that says that the session ended; what was typed here goes with it. */
function leaveEnded({ endedHref }: SessionInfo): void {
  forgetUnsent();
  window.location.assign(endedHref);
}

/**
 * Knows until when the session of this browser lasts and has the warning drawn in time. Each page that the service answers
 * prolongs the session, in whatever tab; the tabs tell each other the time and nothing else.
 */
export function SessionWatch({ session }: { session?: SessionInfo | undefined }) {
  const [until, setUntil] = useState<number>();
  const [Dialog, setDialog] = useState<typeof SessionDialog>();

  useEffect(() => {
    if (!session) return undefined;
    const end = Date.now() + session.minutes * MINUTE_MS;
    setUntil(end);
    tellTabs({ until: end });
    return hearTabs((news) => {
      if (news === "ended") leaveEnded(session);
      else setUntil((known = 0) => Math.max(known, news.until));
    });
  }, [session]);

  useEffect(() => {
    if (until === undefined || Dialog) return undefined;
    const look = () => {
      if (Date.now() < until - FETCH_MS) return;
      // Not there now: the next look tries again, and without it the server ends the session all the same.
      void import("#app/components/session/SessionDialog.tsx").then(
        (loaded) => setDialog(() => loaded.SessionDialog),
        () => undefined,
      );
    };
    const timer = setInterval(look, LOOK_MS);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [until, Dialog]);

  if (!session || until === undefined || !Dialog) return null;
  return (
    <Dialog
      session={session}
      until={until}
      onRenewed={(end) => {
        setUntil(end);
        tellTabs({ until: end });
      }}
      onEnded={() => leaveEnded(session)}
    />
  );
}
