/**
 * True if a page could not be fetched: browsers then reject with a TypeError of their own words. Errors of the service
 * arrive as answers, so on the server this is never true.
 */
export function isNetworkFailure(error: unknown): boolean {
  return (
    typeof document !== "undefined" &&
    error instanceof TypeError &&
    (!navigator.onLine || /fetch|network|load failed/i.test(error.message))
  );
}
