import { useEffect, useState } from "react";
import { PlainButton } from "#app/components/Button.tsx";

/** Opens the browser's print dialog. Without JavaScript there is no button: every browser can print by its menu. */
export function PrintButton({ label }: { label: string }) {
  const [isReady, setReady] = useState(false);
  useEffect(() => setReady(true), []);
  return isReady ? <PlainButton label={label} onPress={() => window.print()} /> : null;
}
