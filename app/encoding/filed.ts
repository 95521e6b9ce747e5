import type { OutboundMessage } from "#app/connector/transport.ts";
import type { Message } from "#app/outbox/queue.server.ts";
import type { Share } from "#app/outbox/room.server.ts";
import type { Manifest } from "#app/store/manifest.server.ts";

/** A document that the service drew: the application, or the overview of its family; its id is the manifest's. */
export type Form = { bytes: Uint8Array; title: string; filename: string };

/** What the overview of a family is called where evidence has its code. */
export const FAMILY_CODE = "FAMILY";

/** A filed message, opened in the worker's memory; its files are read one after the other as far as the share allows. */
export type Filed = {
  row: Message;
  manifest: Manifest;
  form: Form | undefined;
  family?: Form | undefined;
  share: Share;
};

/** What a format makes of a filed message: the same bytes whenever it is made. */
export type Encoded = Pick<OutboundMessage, "data" | "attachments">;
