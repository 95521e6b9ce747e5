import { useRef } from "react";

/**
 * The answer to a refused post, for as long as its page stands. Remix drops it as soon as the anchor of the address changes,
 * e.g. by the link to the content, although the errors are still to be mended.
 */
export function useKeptAnswer<Posted>(loaded: unknown, posted: Posted | undefined): Posted | undefined {
  const kept = useRef<{ loaded: unknown; posted: Posted }>();
  if (posted !== undefined) kept.current = { loaded, posted };
  return kept.current?.loaded === loaded ? kept.current?.posted : undefined;
}
