import { once } from "node:events";
import { createAdaptorServer } from "@hono/node-server";
import { createApp } from "./app.ts";
import type { Config } from "./config.ts";
import { listenSmtp } from "./smtp.ts";
import { openStore } from "./store.ts";

/** A running mailbox: where its pages are and where it takes mails. */
export type Mailbox = { url: string; smtpUrl: string; close: () => Promise<void> };

const inUrl = (host: string) => (host.includes(":") && !host.startsWith("[") ? `[${host}]` : host);

/** Starts the mailbox: opens its journal, then takes mails and shows them. */
export async function startMailbox({
  port,
  smtpPort,
  host,
  dataDir,
  now = () => new Date(),
}: Config & { now?: () => Date }): Promise<Mailbox> {
  const store = await openStore(dataDir);
  const smtp = await listenSmtp({ port: smtpPort, host, now }, store);
  const pages = createAdaptorServer({ fetch: createApp(store).fetch });
  try {
    const listening = once(pages, "listening");
    pages.listen(port, host);
    await listening;
  } catch (error) {
    await smtp.close();
    throw error;
  }
  const address = pages.address();
  if (address === null || typeof address === "string") throw new Error("no TCP address");
  return {
    url: `http://${inUrl(host)}:${address.port}`,
    smtpUrl: `smtp://${inUrl(host)}:${smtp.port}`,
    close: async () => {
      const closed = once(pages, "close");
      pages.close();
      if ("closeAllConnections" in pages) pages.closeAllConnections();
      await Promise.all([closed, smtp.close()]);
    },
  };
}
