import { open } from "node:fs/promises";

/** Makes a rename in a folder survive a power cut; Windows does not open folders and needs no such call. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
