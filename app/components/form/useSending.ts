import { useLocation, useNavigation } from "@remix-run/react";

/** True while a post is under way, and true once it was answered by leading to another address: then it is saved. */
export function useSending(): { isSending: boolean; isSaved: boolean } {
  const { state, formMethod, location: target } = useNavigation();
  const here = useLocation();
  const isSending = state !== "idle" && formMethod === "POST";
  const isElsewhere = target !== undefined && target.pathname + target.search !== here.pathname + here.search;
  return { isSending, isSaved: isSending && state === "loading" && isElsewhere };
}
