import { useCallback } from "react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { formatBytes } from "#app/i18n/format.ts";
import { isLanguage, leadingLanguage } from "#locales/languages.ts";
import type { UploadPhase, UploadRow } from "#app/components/upload/queueView.ts";

const NOTES = {
  queued: "upload.note.queued",
  uploading: "upload.note.uploading",
  waiting: "upload.note.waiting",
  stopped: "upload.note.stopped",
  closed: "upload.note.closed",
  refused: "upload.note.unreadable",
  done: "upload.note.done",
} as const satisfies Record<UploadPhase, string>;

/** The line under the name of a file on its way: where it stands, or what to do; `exact` with percent and size. */
export function useNote(): (row: UploadRow, exact: boolean) => string {
  const { t, i18n } = useTranslation();
  const language = isLanguage(i18n.language) ? i18n.language : leadingLanguage;
  return useCallback(
    ({ phase, percent, size, message }, exact) => {
      if (message !== undefined) return message;
      if (phase === "uploading" && exact) {
        return t("upload.note.percent", { percent, size: formatBytes(size, language) });
      }
      return t(NOTES[phase]);
    },
    [t, language],
  );
}
