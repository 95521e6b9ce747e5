import { useNavigation, useRevalidator } from "@remix-run/react";
import { useCallback, useEffect, useState } from "react";

/** Reads the data of the page anew. */
export type Refresh = { refresh: () => void; isRefreshing: boolean };

/** One read after the other, and none while the page is being left: a second would break off the first in the middle. */
export function useRefresh(): Refresh {
  const { state, revalidate } = useRevalidator();
  const { state: navigation } = useNavigation();
  const [isWanted, setWanted] = useState(false);
  useEffect(() => {
    if (!isWanted || state !== "idle" || navigation !== "idle") return;
    setWanted(false);
    revalidate();
  }, [isWanted, state, navigation, revalidate]);
  return { refresh: useCallback(() => setWanted(true), []), isRefreshing: isWanted || state !== "idle" };
}
