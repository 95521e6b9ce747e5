import { z } from "zod";
import type { Say } from "#app/routes/shared/request.server.ts";

/** What an act did, as the address of the next page tells it; words only, so that nothing can be slipped in. */
const news = {
  resent: "success",
  paused: "success",
  resumed: "success",
  busy: "warning",
  unfit: "warning",
  resentStuck: "success",
  pausedDestination: "success",
  resumedDestination: "success",
  nothing: "warning",
  drill: "success",
  drillEnded: "success",
  drillFailed: "warning",
} as const satisfies Record<string, "success" | "warning">;

/** One thing that an act can have done. */
export type NewsName = keyof typeof news;

const query = z.object({
  done: z.custom<NewsName>((name) => typeof name === "string" && Object.hasOwn(news, name)),
  count: z.coerce.number().int().min(0).max(1_000_000).catch(0),
});

/** A page's address with what has just been done. */
export function withNews(path: string, done: NewsName, count?: number): string {
  return `${path}?done=${done}${count === undefined ? "" : `&count=${count}`}`;
}

/** What has just been done, in words; nothing if the page was opened without an act. */
export function newsOf(
  request: Pick<Request, "url">,
  say: Say,
): { tone: "success" | "warning"; text: string } | undefined {
  const { data } = query.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  return data && { tone: news[data.done], text: say(`operator:done.${data.done}`, { count: data.count }) };
}
