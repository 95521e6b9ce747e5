import { Alert } from "#app/components/Alert.tsx";
import { Rows } from "#app/components/Review.tsx";
import type { Conflict } from "#app/routes/shared/StepPage.tsx";

/** Why the page was not saved: what another tab saved stands beside what was typed here. */
export function ConflictNote({ title, text, rows }: Conflict) {
  return (
    <Alert tone="warning" title={title}>
      <p className="kern-body">{text}</p>
      {rows.length > 0 && <Rows rows={rows} />}
    </Alert>
  );
}
