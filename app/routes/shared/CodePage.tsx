import type { ComponentProps } from "react";
import { Alert } from "#app/components/Alert.tsx";
import { PageFrame } from "#app/components/PageFrame.tsx";
import { PageHead } from "#app/components/PageHead.tsx";
import type { Frame } from "#app/components/frame.ts";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { CodeForm } from "#app/routes/shared/CodeForm.tsx";

type Props = Pick<ComponentProps<typeof CodeForm>, "token" | "posted"> & {
  /** An invitation into a household, or a ticket of a helper. */
  about: "join" | "claim";
  frame: Frame;
  /** An application is open in this browser: it gives way to the other one. */
  isOpen: boolean;
};

/** The page that takes a code from somebody else, and says before it is typed what the code does. */
export function CodePage({ about, frame, isOpen, token, posted }: Props) {
  const { t } = useTranslation(["pages"]);
  return (
    <PageFrame {...frame}>
      <PageHead title={t(`pages:${about}.title`)} lead={t(`pages:${about}.lead`)} />
      <div className="ao-stack ao-stack--l">
        {isOpen && <Alert tone="warning" title={t("pages:join.open")} />}
        <p className="kern-body">{t(`pages:${about}.text`)}</p>
        <CodeForm
          token={token}
          label={t(`pages:${about}.label`)}
          hint={t(`pages:${about}.hint`)}
          submit={t(`pages:${about}.submit`)}
          posted={posted}
        />
      </div>
    </PageFrame>
  );
}
