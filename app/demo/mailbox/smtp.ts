import { once } from "node:events";
import { SMTPServer } from "smtp-server";
import type { Store } from "./store.ts";

const MAX_BYTES = 2 * 1024 * 1024;

/** Takes every mail for every address, without TLS and with any password: it listens on this computer only. */
export async function listenSmtp(
  { port, host, now }: { port: number; host: string; now: () => Date },
  store: Pick<Store, "add">,
): Promise<{ port: number; close: () => Promise<void> }> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    allowInsecureAuth: true,
    disableReverseLookup: true,
    size: MAX_BYTES,
    banner: "Postfach (SIMULATOR)",
    onAuth: (_auth, _session, done) => done(null, { user: "demo" }),
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.once("end", () => {
        if (stream.sizeExceeded) {
          done(Object.assign(new Error("too large"), { responseCode: 552 }));
          return;
        }
        const from = envelope.mailFrom === false ? "" : envelope.mailFrom.address;
        const to = envelope.rcptTo.map(({ address }) => address);
        store.add({ from, to, raw: Buffer.concat(chunks), receivedAt: now() }).then(
          () => done(),
          (error: Error) => done(error),
        );
      });
    },
  });
  // A client that hangs up is no fault of the server.
  const listening = once(server.server, "listening");
  server.listen(port, host);
  await listening;
  server.on("error", () => undefined);
  const address = server.server.address();
  if (address === null || typeof address === "string") throw new Error("no TCP address");
  return { port: address.port, close: () => new Promise((resolve) => server.close(() => resolve())) };
}
