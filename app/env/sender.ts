import { z } from "zod";

/** Who a mail comes from: an address and the name shown beside it, which may be empty. */
export type Sender = { name: string; address: string };

const address = z.email();

/** Reads `address` or `Name <address>`; `undefined` for anything else. */
export function senderOf(text: string): Sender | undefined {
  const [, name = "", bracketed] = /^([^<>"\r\n]*)<([^<>\s]+)>$/.exec(text.trim()) ?? [];
  const found = address.safeParse(bracketed ?? text.trim());
  return found.success ? { name: name.trim(), address: found.data } : undefined;
}
