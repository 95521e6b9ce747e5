import { useTranslation } from "#app/i18n/useTranslation.ts";
import { PlainButton } from "#app/components/Button.tsx";
import { FileName } from "#app/components/EvidenceFiles.tsx";
import { Icon } from "#app/components/Icon.tsx";
import type { UploadQueue, UploadRow } from "#app/components/upload/queueView.ts";
import { useNote } from "#app/components/upload/useNote.ts";

const LOOKS = {
  queued: "draft",
  uploading: "draft",
  waiting: "warning",
  stopped: "warning",
  closed: "warning",
  refused: "danger",
  done: "success",
} as const;

/** Colour of the row, as of files that the server lists. */
const STATES = { draft: "uploading", warning: "waiting", danger: "refused", success: "done" } as const;

type RowProps = { row: UploadRow } & Pick<UploadQueue, "retry" | "remove">;

function Row({ row, retry, remove }: RowProps) {
  const { t } = useTranslation();
  const note = useNote();
  const { key, name, phase, percent } = row;
  const icon = LOOKS[phase];
  const isMoving = phase === "queued" || phase === "uploading" || phase === "waiting";
  return (
    <li className={`ao-file ao-file--${STATES[icon]}`} data-phase={phase}>
      <Icon name={icon} />
      <FileName name={name} note={note(row, true)} />
      {isMoving && (
        <div className="kern-progress">
          <progress value={percent} max={100} aria-label={t("upload.progress", { name })} />
        </div>
      )}
      {phase !== "done" && (
        <div className="ao-file__acts">
          {(phase === "waiting" || phase === "stopped") && (
            <PlainButton label={t("upload.retry")} icon="autorenew" of={name} onPress={() => retry(key)} />
          )}
          <PlainButton label={t("actions.remove")} icon="delete" of={name} onPress={() => remove(key)} />
        </div>
      )}
    </li>
  );
}

/** Files of one piece of evidence that are on their way. */
export function UploadRows({ rows, retry, remove }: { rows: readonly UploadRow[] } & Omit<RowProps, "row">) {
  return (
    <ul className="ao-files">
      {rows.map((row) => (
        <Row key={row.key} row={row} retry={retry} remove={remove} />
      ))}
    </ul>
  );
}
