import { once } from "node:events";
import { createServer } from "node:http";

/** One callback as it arrived. */
export interface Received {
  path: string;
  timestamp: string;
  mac: string;
  body: string;
}

/** A client that takes callbacks and answers 204. */
export async function startReceiver() {
  const calls: Received[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { "callback-timestamp": timestamp, "callback-authentication": mac } = request.headers;
    calls.push({ path: request.url ?? "", timestamp: String(timestamp), mac: String(mac), body });
    response.writeHead(204).end();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return { calls, url: `http://127.0.0.1:${port}`, close: () => server.close() };
}
