import { useEffect, useRef, useState } from "react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import type { UploadPhase, UploadRow } from "#app/components/upload/queueView.ts";
import { useNote } from "#app/components/upload/useNote.ts";

/** Says politely to a screen reader what became of each file: begun, waiting, taken, refused. Shows nothing. */
export function UploadNews({ rows }: { rows: readonly UploadRow[] }) {
  const { t } = useTranslation();
  const note = useNote();
  const known = useRef(new Map<string, UploadPhase>());
  const [news, setNews] = useState("");
  useEffect(() => {
    const moved = rows.filter(({ key, phase }) => phase !== "queued" && known.current.get(key) !== phase);
    known.current = new Map(rows.map(({ key, phase }) => [key, phase]));
    if (moved.length === 0) return;
    setNews(moved.map((row) => t("upload.news", { name: row.name, note: note(row, false) })).join(" "));
  }, [rows, note, t]);
  return (
    <div className="ao-hidden" role="status">
      {news}
    </div>
  );
}
