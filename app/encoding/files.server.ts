import { createHash } from "node:crypto";
import type { App } from "#app/context.server.ts";
import { DeliveryError } from "#app/connector/errors.ts";
import type { Manifest } from "#app/store/manifest.server.ts";
import { SealError } from "#app/store/seal.server.ts";

type FiledFile = Manifest["files"][number];

/** Reads a file of a message. The caller sees to the memory. @throws DeliveryError unreadable if it is not what was filed */
export async function loadFile(app: Pick<App, "blobs">, file: FiledFile): Promise<Uint8Array> {
  return readWhole(app, file).catch((cause: unknown) => {
    if (cause instanceof DeliveryError) throw cause;
    // A damaged file stays so; one that is not there may be on a disk that comes back.
    throw new DeliveryError("unreadable", !(cause instanceof SealError), { cause });
  });
}

/** Reads a file into the one piece of memory that it needs. */
async function readWhole({ blobs }: Pick<App, "blobs">, file: FiledFile): Promise<Uint8Array> {
  const whole = Buffer.allocUnsafeSlow(file.size);
  const hash = createHash("sha512");
  let end = 0;
  for await (const part of blobs.read(file.id, Buffer.from(file.key, "base64url"))) {
    if (end + part.length > whole.length) throw new DeliveryError("unreadable", false);
    whole.set(part, end);
    hash.update(part);
    end += part.length;
  }
  if (end !== whole.length || hash.digest("hex") !== file.sha512) throw new DeliveryError("unreadable", false);
  return whole;
}
