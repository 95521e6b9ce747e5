import { makeDropMessage, startTestGateway } from "./drop/gateway.testing.ts";
import { describeFailing, describeTransport, type World } from "./contract.testing.ts";
import { startAuthority } from "./fit-connect/authority.testing.ts";
import { makeMessage } from "./fit-connect/message.testing.ts";
import { transports } from "./registry.server.ts";
import type { Transport } from "./transport.ts";

function required(all: ReadonlyMap<string, Transport>, id: string): Transport {
  const transport = all.get(id);
  if (!transport) throw new Error(`no transport ${id}`);
  return transport;
}

/** The real sender against the simulated Zustelldienst, with an authority that opens what it gets. */
async function fitConnectWorld(): Promise<World> {
  const authority = await startAuthority();
  const found = new Map<string, { submissionId: string; caseId: string }>();
  const arrived = async () => {
    const ids: string[] = [];
    for (const place of await authority.list()) {
      const { data } = await authority.open(place.submissionId);
      const { id } = JSON.parse(data.toString("utf8")) as { id: string };
      found.set(id, place);
      ids.push(id);
    }
    return ids;
  };
  return {
    transport: required(transports({ fitConnect: authority.config() }), "fit-connect"),
    options: { destinationId: authority.destinationId },
    message: makeMessage,
    arrived,
    answer: async (messageId, verdict) => {
      await arrived();
      const place = found.get(messageId);
      if (!place) throw new Error("the message did not arrive");
      await authority.say(place, `${verdict}-submission`, [{ slug: "missing-data", title: "Max Muster fehlt" }]);
    },
    close: authority.close,
  };
}

/** The slow transport with a receiver in memory; the clock jumps to the answer. */
async function slowWorld(): Promise<World> {
  const ids = new Set<string>();
  const clock = { ms: Date.parse("2026-11-21T09:00:00Z") };
  const receiver = {
    take: async ({ id }: { id: string }) => {
      ids.add(id);
    },
  };
  const options = { kind: "slow", deliverSeconds: 0.02, answerSeconds: 60, answer: "accept" };
  const world = {
    transport: required(transports({ slow: { receiver, now: () => clock.ms } }), "slow"),
    options,
    message: makeMessage,
    arrived: async () => [...ids],
    answer: async (_messageId: string, verdict: "accept" | "reject") => {
      options.answer = verdict;
      clock.ms += 61_000;
    },
    close: async () => undefined,
  };
  return world;
}

/** Folders with a simulated gateway behind them that takes messages away while others are written. */
async function dropWorld(kind: "folder" | "sftp"): Promise<World> {
  const gateway = await startTestGateway();
  const transport = required(transports({ drop: gateway.config(kind) }), "drop");
  return {
    transport,
    options: gateway.options,
    message: makeDropMessage,
    arrived: gateway.arrived,
    answer: async (messageId, verdict) => {
      await gateway.arrived();
      await gateway.decide(messageId, verdict, ["missing-data", "Max Muster fehlt"]);
    },
    close: async () => {
      await transport.close?.();
      await gateway.close();
    },
  };
}

describeTransport("fit-connect", fitConnectWorld);
describeTransport("drop folder", () => dropWorld("folder"));
describeTransport("drop sftp", () => dropWorld("sftp"));
describeTransport("slow", slowWorld);
describeFailing("failing", {
  transport: required(transports({ failing: true }), "failing"),
  options: { kind: "failing", code: "unreachable", retryable: true },
  message: makeMessage,
});
