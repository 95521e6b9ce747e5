import { randomUUID } from "node:crypto";
import { decodeJwt } from "jose";
import type { ZustelldienstOptions } from "./server.ts";
import {
  announcement,
  createWorld,
  encrypt,
  registration,
  signSet,
  testKey,
  type SetSubject,
  type TestKey,
} from "./test-world.ts";

const V2 = "/submission-api/v2";

/** One statement of an event log, unverified. */
export interface Statement {
  jws: string;
  name: string;
  payload: Record<string, unknown>;
}

/** A simulator with one active destination, its sender and its subscriber. */
export async function createDesk(options: Partial<ZustelldienstOptions> = {}) {
  const [encryption, signature, world] = await Promise.all([
    testKey("encryption"),
    testKey("signature"),
    createWorld(options),
  ]);
  const [sender, subscriber] = await Promise.all([world.token("sender"), world.token("subscriber")]);
  const destinationId = randomUUID();

  const register = (id: string = destinationId, changes: Record<string, unknown> = {}) => {
    const json = registration(encryption, signature, changes);
    return world.call("PUT", `/self-service-portal/v2/destinations/${id}`, { token: subscriber, json });
  };
  await register();

  const announce = (changes: Record<string, unknown> = {}) =>
    world.call("POST", `${V2}/submissions`, { token: sender, json: announcement(destinationId, changes) });

  const put = async (submissionId: string) => {
    const json = { encryptedMetadata: await encrypt(encryption, "{}"), encryptedData: await encrypt(encryption, "{}") };
    return world.call("PUT", `${V2}/submissions/${submissionId}`, { token: sender, json });
  };

  const upload = async (submissionId: string, attachmentId: string) => {
    const jose = await encrypt(encryption, "attachment");
    return world.call("PUT", `${V2}/submissions/${submissionId}/attachments/${attachmentId}`, { token: sender, jose });
  };

  return {
    world,
    destinationId,
    encryption,
    sender,
    subscriber,
    register,
    announce,
    put,
    upload,

    /** Announces and sends, with its attachments. */
    async deliver(changes: Record<string, unknown> & { announcedAttachments?: string[] } = {}): Promise<SetSubject> {
      const { body } = await announce(changes);
      const about = {
        destinationId: String(body["destinationId"]),
        submissionId: String(body["submissionId"]),
        caseId: String(body["caseId"]),
      };
      for (const id of changes.announcedAttachments ?? []) await upload(about.submissionId, id);
      await put(about.submissionId);
      return about;
    },

    /** What the sender, or who has the token, reads of a case. */
    async log(caseId: string, token: string = sender): Promise<Statement[]> {
      const { body } = await world.call("GET", `${V2}/cases/${caseId}/events`, { token });
      const { eventLog = [] } = body as { eventLog?: string[] };
      return eventLog.map((jws) => {
        const { events } = decodeJwt<{ events: Record<string, Record<string, unknown>> }>(jws);
        const [address = "", payload = {}] = Object.entries(events)[0] ?? [];
        return { jws, name: address.split("/").at(-1) ?? "", payload };
      });
    },

    /** Adds a statement of the subscriber to a case. */
    async say(about: SetSubject, event: string, payload: Record<string, unknown> = {}, key: TestKey = signature) {
      const jose = await signSet(key, about, event, payload);
      return world.call("POST", `${V2}/cases/${about.caseId}/events`, { token: subscriber, jose });
    },

    list: () => world.call("GET", `${V2}/submissions?destinationId=${destinationId}&limit=500`, { token: subscriber }),

    fault: (json: unknown) => world.call("POST", "/simulator/faults", { json }),
  };
}
