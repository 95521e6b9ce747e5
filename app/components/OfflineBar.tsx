import { useEffect, useState } from "react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { Icon } from "#app/components/Icon.tsx";

/** True if the service answers: a browser without network may still reach a service on the same machine. */
async function isReachable(): Promise<boolean> {
  return fetch("/health/live", { cache: "no-store" }).then(
    () => true,
    () => false,
  );
}

/** Says that the connection is lost, and holds forms back meanwhile: sent into nothing, they would lose what was typed. */
export function OfflineBar() {
  const { t } = useTranslation();
  const [isOffline, setIsOffline] = useState(false);
  useEffect(() => {
    let isRepeated = false;
    const look = () => void isReachable().then((reachable) => setIsOffline(!reachable));
    const hold = (event: SubmitEvent) => {
      const { target: form, submitter } = event;
      if (navigator.onLine || isRepeated || !(form instanceof HTMLFormElement)) return;
      event.preventDefault();
      event.stopPropagation();
      void isReachable().then((reachable) => {
        setIsOffline(!reachable);
        if (!reachable) return;
        isRepeated = true;
        form.requestSubmit(submitter);
        isRepeated = false;
      });
    };
    window.addEventListener("online", look);
    window.addEventListener("offline", look);
    // Before React, which listens on the document.
    window.addEventListener("submit", hold, true);
    return () => {
      window.removeEventListener("online", look);
      window.removeEventListener("offline", look);
      window.removeEventListener("submit", hold, true);
    };
  }, []);
  return (
    <div role="status">
      {isOffline && (
        <div className="ao-offline">
          <div className="ao-page">
            <Icon name="warning" />
            <p>
              <b>{t("errorPage.offline.title")}.</b> {t("errorPage.offline.text")}
            </p>
          </div>
        </div>
      )}
    </div>
  );
}
