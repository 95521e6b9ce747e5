import type { ReactNode } from "react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { Alert } from "#app/components/Alert.tsx";
import type { DeadlineBannerProps } from "#app/components/DeadlineBanner.tsx";

/** Says that this authority takes nothing online; in red where a title ends soon or has ended: nothing was sent. */
export function NotConnected({
  tone,
  children,
}: {
  tone: DeadlineBannerProps["tone"] | undefined;
  children?: ReactNode;
}) {
  const { t } = useTranslation(["pages"]);
  const isPressing = tone === "urgent" || tone === "expired";
  return (
    <Alert tone={isPressing ? "danger" : "warning"} title={t("pages:step.notConnected")}>
      {isPressing && <p>{t("pages:notResponsible.notSent")}</p>}
      {children}
    </Alert>
  );
}
