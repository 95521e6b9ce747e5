import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Actions, DefaultSubmit, SubmitButton } from "#app/components/Button.tsx";
import { Alert } from "#app/components/Alert.tsx";
import { EvidenceFiles } from "#app/components/EvidenceFiles.tsx";
import { EvidenceUpload } from "#app/components/EvidenceUpload.tsx";
import { PageHead } from "#app/components/PageHead.tsx";
import { HiddenControls, WizardPage } from "#app/routes/shared/StepPage.tsx";
import type { EvidenceView } from "#app/routes/shared/step-evidence.server.ts";

/** The page where files are handed in, one box for each piece of evidence. */
export function EvidencePage({ view }: { view: EvidenceView }) {
  const { t } = useTranslation(["common", "pages"]);
  const { wizard, words, uploads, leftOver, problems, token } = view;
  return (
    <WizardPage {...wizard} problems={problems}>
      <PageHead title={words.title} {...(words.lead ? { lead: words.lead } : {})} />
      <Form className="ao-form" method="post" encType="multipart/form-data" noValidate>
        <DefaultSubmit />
        <HiddenControls token={token} />
        <div className="ao-stack">
          {uploads.map((upload) => (
            <EvidenceUpload key={upload.code} {...upload} />
          ))}
        </div>
        {leftOver && (
          <Alert tone="info" title={t("common:upload.leftOver")}>
            <EvidenceFiles files={leftOver} refused={[]} />
          </Alert>
        )}
        <Actions>
          <SubmitButton variant="primary" label={t("common:actions.save")} />
          <SubmitButton name="then" value="stay" label={t("pages:step.upload")} />
          <SubmitButton variant="tertiary" name="then" value="later" label={t("common:actions.later")} />
        </Actions>
      </Form>
    </WizardPage>
  );
}
