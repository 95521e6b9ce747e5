import { z } from "zod";
import { DeliveryError } from "../errors.ts";
import { folderPlaces } from "./folder.server.ts";
import type { Gateway } from "./gateway.ts";
import type { Places } from "./place.ts";
import { sftpPlaces } from "./sftp.server.ts";

const TIMEOUT_MS = 30_000;

/** How this operator reaches the gateways of data centres. */
export type DropConfig = {
  gateways: ReadonlyMap<string, Gateway>;
  /** For connecting and for each operation of SFTP; 30 seconds if absent. */
  timeoutMs?: number;
  /** Milliseconds since 1970; the system clock if absent. */
  now?: () => number;
};

const options = z.object({ gateway: z.string(), mailbox: z.string().min(1), format: z.string() });

/** What an authority states in its file: gateway, its own folder there, what messages are written in. */
export type DropOptions = z.infer<typeof options>;

/** Reads an authority's options. @throws DeliveryError misconfigured */
export function parseOptions(value: unknown): DropOptions {
  const parsed = options.safeParse(value);
  if (!parsed.success) throw new DeliveryError("misconfigured", false, { cause: parsed.error });
  return parsed.data;
}

/** The gateways with the folders behind them; connections are shared by all their authorities. */
export type Gateways = {
  now: () => number;
  /** @throws DeliveryError misconfigured if there is no such gateway */
  find: (id: string) => { gateway: Gateway; places: Places };
  close: () => Promise<void>;
};

/** Makes the gateways; connects nowhere yet. */
export function openGateways({ gateways, timeoutMs = TIMEOUT_MS, now = Date.now }: DropConfig): Gateways {
  const known = new Map(
    [...gateways.values()].map((gateway) => {
      const { address } = gateway;
      const places = address.kind === "folder" ? folderPlaces(address.path) : sftpPlaces(address, timeoutMs);
      return [gateway.id, { gateway, places }];
    }),
  );
  return {
    now,
    find: (id) => {
      const found = known.get(id);
      if (!found) throw new DeliveryError("misconfigured", true, { cause: new Error("No such gateway") });
      return found;
    },
    close: async () => void (await Promise.all([...known.values()].map(({ places }) => places.close()))),
  };
}
