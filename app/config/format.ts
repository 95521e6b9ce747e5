import type { Authority } from "#app/config/authority.ts";

/** What an authority gets its messages in: `json`, or the id of a standard. */
export function formatOf({ transport }: Pick<Authority, "transport">): string {
  return "format" in transport ? transport.format : "json";
}
