import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import type { Random } from "./random.ts";

/** An open port in front of several. */
export type Balancer = { close: () => Promise<void> };

async function reach(port: number): Promise<Socket | undefined> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return socket;
  } catch {
    return undefined;
  }
}

/**
 * Passes each connection on to one of several ports, as a load balancer in front of web processes does: any of those that
 * answer. A connection whose far end dies dies as well.
 */
export async function balance(port: number, behind: readonly number[], random: Random): Promise<Balancer> {
  const open = new Set<Socket>();
  const server = createServer({ pauseOnConnect: true }, (near) => {
    open.add(near);
    near.on("error", () => near.destroy());
    near.on("close", () => open.delete(near));
    void passOn(near, random.shuffled(behind));
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    close: async () => {
      const closed = once(server.close(), "close");
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

async function passOn(near: Socket, ports: readonly number[]): Promise<void> {
  for (const port of ports) {
    const far = await reach(port);
    if (!far) continue;
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      socket.on("error", () => other.destroy());
      socket.on("close", () => other.destroy());
    }
    near.pipe(far).pipe(near);
    near.resume();
    return;
  }
  near.destroy();
}
