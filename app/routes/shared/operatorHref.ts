/** Which messages a list shows, as its address says it. */
export type ListQuery = { destination?: string; state?: string; code?: string; page?: number };

/** Address of a list of messages; it holds names of receivers, states and codes, nothing personal. */
export function listHref({ destination, state, code, page }: ListQuery): string {
  const query = new URLSearchParams();
  if (destination) query.set("destination", destination);
  if (state) query.set("state", state);
  if (code) query.set("code", code);
  if (page !== undefined && page > 1) query.set("page", String(page));
  return query.size === 0 ? "/operator/messages" : `/operator/messages?${query.toString()}`;
}

/** Address of a message's trace. */
export function traceHref(id: string): string {
  return `/operator/messages/${id}`;
}
