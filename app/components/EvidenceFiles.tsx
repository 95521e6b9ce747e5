import { useTranslation } from "#app/i18n/useTranslation.ts";
import { SubmitButton } from "#app/components/Button.tsx";
import { Icon } from "#app/components/Icon.tsx";

/** A file that was handed in, one of which a part is still missing, or one that the authority has been sent already. */
export type EvidenceFile = {
  id: string;
  name: string;
  /** Size, pages, state in one line. */
  note: string;
  state?: "done" | "waiting" | "sent";
};

/** A file that was not taken: why, and what to do instead. */
export type RefusedFile = { name: string; reason: string };

const ICONS = { done: "success", waiting: "warning", sent: "success" } as const;

/** Name of a file as it was given, with a line about it. */
export function FileName({ name, note }: { name: string; note: string }) {
  return (
    <span className="ao-file__name">
      <bdi translate="no">{name}</bdi>
      <span className="ao-file__note">{note}</span>
    </span>
  );
}

function FileRow({ file }: { file: EvidenceFile }) {
  const { t } = useTranslation();
  const { id, name, note, state = "done" } = file;
  return (
    <li className={`ao-file ao-file--${state}`}>
      <Icon name={ICONS[state]} />
      <FileName name={name} note={note} />
      {state !== "sent" && (
        <SubmitButton
          variant="tertiary"
          small
          icon="delete"
          name="remove"
          value={id}
          label={t("actions.remove")}
          of={name}
        />
      )}
    </li>
  );
}

/** Files of one piece of evidence; a refused file never removes the others. */
export function EvidenceFiles({ files, refused }: { files: readonly EvidenceFile[]; refused: readonly RefusedFile[] }) {
  return (
    <ul className="ao-files">
      {files.map((file) => (
        <FileRow key={file.id} file={file} />
      ))}
      {refused.map(({ name, reason }, index) => (
        <li className="ao-file ao-file--refused" key={`${name} ${index}`}>
          <Icon name="danger" />
          <FileName name={name} note={reason} />
        </li>
      ))}
    </ul>
  );
}
