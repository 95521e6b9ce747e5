import type { ReactNode } from "react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { Actions } from "#app/components/Button.tsx";
import { StaffHeader } from "#app/components/operator/StaffHeader.tsx";
import { PageFrame } from "#app/components/PageFrame.tsx";
import { PageHead } from "#app/components/PageHead.tsx";
import type { StaffMessage } from "#app/routes/shared/staff.server.ts";

/** One message for staff, with what they can do now. */
export function StaffMessagePage({
  frame,
  office,
  heading,
  text,
  code,
  children,
}: StaffMessage & { children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <PageFrame {...frame} office staffHeader={<StaffHeader office={office} />}>
      <PageHead title={heading} lead={text} />
      <div className="ao-stack" data-words="pages operator">
        {code && (
          <p className="kern-body">
            {t("errorPage.code")} <span className="ao-code">{code}</span>
          </p>
        )}
        <Actions>{children}</Actions>
      </div>
    </PageFrame>
  );
}
