import { randomBytes } from "node:crypto";
import { DeliveryError } from "../errors.ts";
import type { SelfTest } from "../transport.ts";
import type { DropOptions, Gateways } from "./config.server.ts";
import { OUT } from "./layout.ts";
import type { Place } from "./place.ts";
import { loadRecipient } from "./recipient.server.ts";

/**
 * Checks the way to the gateway, that something can be written into the mailbox, and the certificate; sends nothing. Findings
 * are `<step>:<code>`; `gateway:plainTarget` (contents are not encrypted) is a reminder and no failure.
 */
export async function selfTest(gateways: Gateways, { gateway: id, mailbox }: DropOptions): Promise<SelfTest> {
  const failures: string[] = [];
  const attempt = async <T>(step: string, check: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await check();
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error;
      failures.push(`${step}:${error.reason}`);
      return undefined;
    }
  };
  const found = await attempt("gateway", async () => gateways.find(id));
  if (!found) return { ok: false, findings: failures };
  const { certificate } = found.gateway;
  const recipient =
    certificate === undefined
      ? undefined
      : await attempt("certificate", () => loadRecipient(certificate, gateways.now()));
  await attempt("mailbox", () => found.places.use((place) => tryWriting(place, `${mailbox}/${OUT}`)));
  return {
    ok: failures.length === 0,
    findings: [...failures, ...(certificate === undefined ? ["gateway:plainTarget"] : [])],
    ...(recipient ? { expiresAt: new Date(recipient.notAfter).toISOString() } : {}),
  };
}

async function tryWriting(place: Place, out: string): Promise<void> {
  if (!(await place.list(out))) {
    throw new DeliveryError("misconfigured", true, { cause: new Error("The mailbox has no folder out") });
  }
  const folder = `${out}/.try-${randomBytes(8).toString("hex")}`;
  await place.makeFolder(folder);
  await place.removeFolder(folder);
}
