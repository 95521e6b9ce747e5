import type { UploadPhase, UploadRow } from "#app/components/upload/queueView.ts";
import type { UploadSnapshot } from "#app/components/upload/uploadMachine.ts";

const PHASES = ["queued", "waiting", "stopped", "closed", "refused", "done"] as const;

function phaseOf(snapshot: UploadSnapshot): UploadPhase {
  return PHASES.find((phase) => snapshot.matches(phase)) ?? "uploading";
}

/** Whole percent of a file that has arrived or is leaving; full only once it is a file there. */
function percentOf({ context }: UploadSnapshot): number {
  const { upload, received, underway, size } = context;
  if (!upload) return 0;
  const last = upload.parts - 1;
  const arrived = received.reduce(
    (sum, part) => sum + (part === last ? size - last * upload.partBytes : upload.partBytes),
    0,
  );
  return Math.min(99, Math.floor(((arrived + underway) / size) * 100));
}

/** A file on its way as a page shows it; `undefined` for one that was taken away. */
export function rowOf(snapshot: UploadSnapshot): UploadRow | undefined {
  if (snapshot.matches("removing") || snapshot.matches("removed")) return undefined;
  const { key, code, id, name, size, message } = snapshot.context;
  const phase = phaseOf(snapshot);
  return { key, code, id, name, size, phase, message, percent: phase === "done" ? 100 : percentOf(snapshot) };
}
