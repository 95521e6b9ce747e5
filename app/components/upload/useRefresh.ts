import { useNavigation, useRevalidator } from "@remix-run/react";
import { useCallback, useEffect, useState } from "react";

/** Reads the data of the page anew. */
export type Refresh = { refresh: () => void; isRefreshing: boolean };

/** What the router does at this moment; components learn of it a little later. */
function isRouterBusy(): boolean {
  const { navigation, revalidation } = window["__remixRouter"].state;
  return navigation.state !== "idle" || revalidation !== "idle";
}

/** One read after the other, and none while the page is being left: a second would break off the first in the middle. */
export function useRefresh(): Refresh {
  const { revalidate } = useRevalidator();
  // The end of a navigation must bring another look.
  useNavigation();
  const [phase, setPhase] = useState<"idle" | "wanted" | "reading">("idle");
  useEffect(() => {
    if (phase === "idle" || isRouterBusy()) return;
    if (phase === "wanted") revalidate();
    setPhase(phase === "wanted" ? "reading" : "idle");
  });
  return { refresh: useCallback(() => setPhase("wanted"), []), isRefreshing: phase !== "idle" };
}
