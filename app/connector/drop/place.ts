/** Something in a folder; `size` in bytes, `modifiedAt` in milliseconds since 1970 by the clock of its machine. */
export type Entry = { name: string; size: number; modifiedAt: number; kind: "file" | "folder" | "other" };

/**
 * The folders of a gateway, whatever carries them; paths are relative to the gateway's own. All methods throw `DeliveryError`.
 */
export type Place = {
  /** What lies in a folder; undefined if there is no such folder. Links and the like are `other`. */
  list: (folder: string) => Promise<readonly Entry[] | undefined>;
  /** A file; undefined if there is none. @throws DeliveryError tooLarge above `limit` bytes, before more is read */
  read: (path: string, limit: number) => Promise<Buffer | undefined>;
  /** Writes a new file; on the disk when it resolves, as far as the place can say. */
  write: (path: string, bytes: Uint8Array) => Promise<void>;
  /** Makes one folder; harmless if it is there. */
  makeFolder: (path: string) => Promise<void>;
  /** Renames in one step; `gone`: there is nothing to rename, `taken`: the new name is in use. */
  rename: (from: string, to: string) => Promise<"done" | "gone" | "taken">;
  /** Removes a file; harmless if it is gone. */
  remove: (path: string) => Promise<void>;
  /** Removes a folder with the files in it; harmless if it is gone. */
  removeFolder: (path: string) => Promise<void>;
  /** Waits until the names in a folder are on the disk, where the place can. */
  settle: (folder: string) => Promise<void>;
};

/** Lends the folders of a gateway for a piece of work. */
export type Places = {
  use: <T>(work: (place: Place) => Promise<T>) => Promise<T>;
  /** Ends connections; later work opens new ones. */
  close: () => Promise<void>;
};
