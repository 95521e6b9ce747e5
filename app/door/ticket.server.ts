import { createHmac, timingSafeEqual, type KeyObject } from "node:crypto";

/** A place in the line at the door: when somebody came, or that they were let in. Says nothing of the person. */
export type Ticket = { kind: "waits" | "admitted"; at: number };

const letters = { waits: "w", admitted: "a" } as const;

/** Writes a ticket that only this service can write: its kind, the moment in milliseconds, and a signature. */
export function writeTicket(key: KeyObject, { kind, at }: Ticket): string {
  const content = `${letters[kind]}${at.toString(36)}`;
  return `${content}.${createHmac("sha256", key).update(content).digest("base64url")}`;
}

/** Reads a ticket; undefined if this service did not write it. */
export function readTicket(key: KeyObject, text: string | undefined): Ticket | undefined {
  const [, letter, at = ""] = /^([aw])([0-9a-z]{1,11})\.[\w-]{43}$/.exec(text ?? "") ?? [];
  if (letter === undefined) return undefined;
  const ticket = { kind: letter === "a" ? "admitted" : "waits", at: Number.parseInt(at, 36) } as const;
  const [expected, given] = [writeTicket(key, ticket), text ?? ""].map((value) => Buffer.from(value));
  return expected && given && expected.length === given.length && timingSafeEqual(expected, given) ? ticket : undefined;
}
