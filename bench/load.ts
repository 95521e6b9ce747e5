import { Agent, request } from "node:http";
import { cpuMs } from "./processes.ts";

/** One request of a load, repeated with the same connection. */
export type Shot = {
  url: string;
  method: "GET" | "POST";
  headers: Readonly<Record<string, string>>;
  body?: string;
  /** What it must be answered with; anything else ends the measurement. */
  status: number;
};

const CONNECTIONS = 4;

function fire({ url, method, headers, body, status }: Shot, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const outgoing = request(url, { method, agent, headers: { ...headers, ...length } }, (response) => {
      response.resume();
      response.once("end", () =>
        response.statusCode === status ? resolve() : reject(new Error(`${url}: ${response.statusCode}`)),
      );
    });
    outgoing.once("error", reject);
    outgoing.end(body);
  });
}

/** Sends a request `count` times over four connections, each kept open. */
export async function fireMany(shot: Shot, count: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  let left = count;
  const one = async () => {
    while (left > 0) {
      left -= 1;
      await fire(shot, agent);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, one));
  agent.destroy();
}

/** CPU milliseconds that a process spends on one request, as the mean over `count` of them. */
export async function cpuPerRequest(pid: number, shot: Shot, count: number): Promise<number> {
  const before = cpuMs(pid);
  await fireMany(shot, count);
  return (cpuMs(pid) - before) / count;
}
