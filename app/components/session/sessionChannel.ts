/** What the tabs of a browser tell each other: until when the session lasts, or that somebody ended it. */
export type SessionNews = { until: number } | "ended";

const NAME = "ao-session";

function isNews(value: unknown): value is SessionNews {
  if (value === "ended") return true;
  return typeof value === "object" && value !== null && "until" in value && typeof value.until === "number";
}

/** Tells the other tabs; nothing happens in browsers without channels. */
export function tellTabs(news: SessionNews): void {
  if (typeof BroadcastChannel === "undefined") return;
  const channel = new BroadcastChannel(NAME);
  const tell: (news: SessionNews) => void = channel.postMessage.bind(channel);
  tell(news);
  channel.close();
}

/** Hears what other tabs tell, until the returned function is called. */
export function hearTabs(heard: (news: SessionNews) => void): () => void {
  if (typeof BroadcastChannel === "undefined") return () => undefined;
  const channel = new BroadcastChannel(NAME);
  channel.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    if (isNews(data)) heard(data);
  });
  return () => channel.close();
}
