import { DeliveryError } from "../errors.ts";
import type { SelfTest } from "../transport.ts";
import type { FitConnectOptions } from "./config.server.ts";
import { checkDestination, fetchDestination, fetchEncryptionKey } from "./destination.server.ts";
import type { SubmissionCalls } from "./submission.server.ts";

/**
 * Checks credentials, Zustellpunkt and encryption key without sending anything. Findings are `<step>:<code>`; the finding
 * `key:chainNotFollowed` is a reminder and no failure: the certificate's issuer is not checked.
 */
export async function selfTest(calls: SubmissionCalls, options: FitConnectOptions): Promise<SelfTest> {
  const { client, config } = calls;
  let step = "token";
  try {
    await client.tokens.get();
    step = "destination";
    const destination = await fetchDestination(client, config, options.destinationId);
    checkDestination(destination);
    const schemas = destination.publicServices.flatMap((service) => service.submissionSchemas);
    const { schemaUri } = options;
    if (schemaUri !== undefined && !schemas.some((schema) => schema.schemaUri === schemaUri)) {
      return { ok: false, findings: ["destination:schemaNotOffered"] };
    }
    step = "key";
    await fetchEncryptionKey(client, config, destination);
    return { ok: true, findings: config.allowKeyWithoutCertificate ? [] : ["key:chainNotFollowed"] };
  } catch (error) {
    if (error instanceof DeliveryError) return { ok: false, findings: [`${step}:${error.code}`] };
    throw error;
  }
}
