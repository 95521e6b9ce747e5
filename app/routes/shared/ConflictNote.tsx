import { Alert } from "#app/components/Alert.tsx";
import { Rows } from "#app/components/Review.tsx";
import type { Conflict } from "#app/routes/shared/StepPage.tsx";

/** What another tab saved, beside what was typed here. */
export function ConflictNote({ title, text, rows }: Conflict) {
  return (
    <Alert tone="warning" title={title}>
      <p className="kern-body">{text}</p>
      <Rows rows={rows} />
    </Alert>
  );
}
