import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { formatBytes } from "#app/i18n/format.ts";
import { isLanguage, leadingLanguage } from "#locales/languages.ts";
import type { UploadRow } from "#app/components/upload/queueView.ts";

/** The line under the name of a file on its way: where it stands, or what to do; `exact` with percent and size. */
export function useNote(): (row: UploadRow, exact: boolean) => string {
  const { t, i18n } = useTranslation();
  const language = isLanguage(i18n.language) ? i18n.language : leadingLanguage;
  return useCallback(
    ({ phase, percent, size, message }, exact) => {
      if (phase === "refused") return message ?? t("upload.note.unreadable");
      if (phase === "uploading" && exact) {
        return t("upload.note.percent", { percent, size: formatBytes(size, language) });
      }
      return t(`upload.note.${phase}`);
    },
    [t, language],
  );
}
