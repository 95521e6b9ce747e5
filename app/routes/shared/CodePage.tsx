import type { ComponentProps } from "react";
import { Alert } from "#app/components/Alert.tsx";
import { PageFrame } from "#app/components/PageFrame.tsx";
import { PageHead } from "#app/components/PageHead.tsx";
import type { Frame } from "#app/components/frame.ts";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { CodeForm } from "#app/routes/shared/CodeForm.tsx";

type Props = Omit<ComponentProps<typeof CodeForm>, "reference"> & {
  frame: Frame;
  title: string;
  lead: string;
  /** What the code does, said before it is typed. */
  text: string;
  /** An application is open in this browser: it gives way to the other one. */
  isOpen: boolean;
};

/** The page that takes a code from somebody else: an invitation of a household, a ticket of a helper. */
export function CodePage({ frame, title, lead, text, isOpen, ...form }: Props) {
  const { t } = useTranslation(["pages"]);
  return (
    <PageFrame {...frame}>
      <PageHead title={title} lead={lead} />
      <div className="ao-stack ao-stack--l">
        {isOpen && <Alert tone="warning" title={t("pages:join.open")} />}
        <p className="kern-body">{text}</p>
        <CodeForm {...form} />
      </div>
    </PageFrame>
  );
}
