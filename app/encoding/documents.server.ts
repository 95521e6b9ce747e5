import type { App } from "#app/context.server.ts";
import { DeliveryError } from "#app/connector/errors.ts";
import type { Attachment } from "#app/connector/transport.ts";
import { FAMILY_CODE, type Filed, type Form } from "#app/encoding/filed.ts";
import { loadFile } from "#app/encoding/files.server.ts";
import { picturePdf } from "#app/pdf/picture.server.ts";
import type { PlacedDocument } from "#flows/delivery/standard.ts";

/** A document as it will be sent: PDF or JPEG of a known size. `load` needs that much memory, for which the caller has asked. */
export type SendableDocument = Omit<PlacedDocument, "base64"> &
  Pick<Attachment, "purpose" | "mimeType" | "sha512"> & { size: number; load: () => Promise<Uint8Array> };

type FiledFile = Filed["manifest"]["files"][number];

const formats = { "application/pdf": "pdf", "image/jpeg": "jpg" } as const;

/**
 * The documents of a message, those that the service drew first. Whatever is neither PDF nor JPEG becomes a PDF; it is made here once to know its
 * size, and again when it is sent. `titleOf` names a file for the clerk.
 */
export async function documentsOf(
  app: Pick<App, "blobs">,
  { manifest, form, family, share }: Filed,
  titleOf: (file: FiledFile) => string,
): Promise<SendableDocument[]> {
  const documents = [
    ...(form ? [drawnDocument(form, { id: manifest.formId, code: "form", purpose: "form" })] : []),
    ...(family && manifest.family
      ? [drawnDocument(family, { id: manifest.family.id, code: FAMILY_CODE, purpose: "attachment" })]
      : []),
  ];
  for (const file of manifest.files) {
    const title = titleOf(file);
    if (file.mimeType !== "image/png") documents.push(asFiled(app, file, formats[file.mimeType], title));
    else {
      await share.take(2 * file.size);
      documents.push(await asPdf(app, file, title));
    }
  }
  return documents;
}

function drawnDocument(
  { bytes, title, filename }: Form,
  described: Pick<SendableDocument, "id" | "code" | "purpose">,
): SendableDocument {
  const sized = { title, filename, size: bytes.length } as const;
  return { ...described, ...sized, format: "pdf", mimeType: "application/pdf", load: async () => bytes };
}

function asFiled(app: Pick<App, "blobs">, file: FiledFile, format: "pdf" | "jpg", title: string): SendableDocument {
  const { id, code, filename, mimeType, size, sha512 } = file;
  const described = { id, code, title, filename, size, mimeType, sha512 };
  return { ...described, purpose: "attachment", format, load: () => loadFile(app, file) };
}

async function asPdf(app: Pick<App, "blobs">, file: FiledFile, title: string): Promise<SendableDocument> {
  const load = async () => {
    const picture = await loadFile(app, file);
    return picturePdf(picture, title).catch((cause: unknown) => {
      throw new DeliveryError("unreadable", false, { cause });
    });
  };
  const { length } = await load();
  const filename = `${file.filename.replace(/\.png$/, "")}.pdf`;
  const described = { id: file.id, code: file.code, title, filename, size: length } as const;
  return { ...described, purpose: "attachment", format: "pdf", mimeType: "application/pdf", load };
}
