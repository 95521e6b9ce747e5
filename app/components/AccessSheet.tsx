import { useId } from "react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { Alert } from "#app/components/Alert.tsx";
import { CodeBox } from "#app/components/CodeBox.tsx";
import { QrCode } from "#app/components/QrCode.tsx";

export type AccessSheetProps = {
  title: string;
  /** What the code is for and how long it works. */
  paragraphs: readonly string[];
  groups: readonly string[];
  qr?: readonly (readonly boolean[])[];
};

/** The sheet to keep: the access code as text and QR. Never on one page with the receipt. */
export function AccessSheet({ title, paragraphs, groups, qr }: AccessSheetProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <section className="ao-box ao-stack" aria-labelledby={id}>
      <h2 className="kern-heading-medium" id={id}>
        {title}
      </h2>
      {paragraphs.map((paragraph) => (
        <p className="kern-body" key={paragraph}>
          {paragraph}
        </p>
      ))}
      <div>
        <CodeBox groups={groups} />
      </div>
      {qr && (
        <figure className="ao-qr">
          <QrCode modules={qr} label={t("access.qr")} />
        </figure>
      )}
      <Alert tone="warning" title={t("access.warning")} />
    </section>
  );
}
