import type { App } from "#app/context.server.ts";
import type { Attachment } from "#app/connector/transport.ts";
import { FAMILY_CODE, type Encoded, type Filed } from "#app/encoding/filed.ts";
import { loadFile } from "#app/encoding/files.server.ts";

/** Our own format: the payload as it was frozen, the PDF and every file beside it. */
export function encodeJson(app: Pick<App, "blobs">, { manifest, form, family, share }: Filed): Encoded {
  const files = manifest.files.map((file): Attachment => ({
    id: file.id,
    purpose: "attachment",
    mimeType: file.mimeType,
    filename: file.filename,
    description: file.code,
    size: file.size,
    sha512: file.sha512,
    read: async () => {
      await share.take(file.size);
      return loadFile(app, file);
    },
  }));
  const drawn = form && {
    id: manifest.formId,
    purpose: "form" as const,
    mimeType: "application/pdf",
    filename: form.filename,
    description: form.title,
    size: form.bytes.length,
    read: async () => form.bytes,
  };
  const overview =
    family && manifest.family
      ? [
          {
            id: manifest.family.id,
            purpose: "attachment" as const,
            mimeType: "application/pdf",
            filename: family.filename,
            description: FAMILY_CODE,
            size: family.bytes.length,
            read: async () => family.bytes,
          },
        ]
      : [];
  const { payload, schemaUri } = manifest;
  return {
    data: { bytes: Buffer.from(payload), schemaUri, mimeType: "application/json" },
    attachments: [...(drawn ? [drawn] : []), ...overview, ...files],
  };
}
