import { Form } from "@remix-run/react";
import { useMemo } from "react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { Actions, DefaultSubmit, SubmitButton } from "#app/components/Button.tsx";
import { Alert } from "#app/components/Alert.tsx";
import { EvidenceFiles } from "#app/components/EvidenceFiles.tsx";
import { evidenceControls, EvidenceUpload } from "#app/components/EvidenceUpload.tsx";
import { PageHead } from "#app/components/PageHead.tsx";
import { UploadNews } from "#app/components/upload/UploadNews.tsx";
import { useNote } from "#app/components/upload/useNote.ts";
import { useRefresh } from "#app/components/upload/useRefresh.ts";
import { useUploadQueue } from "#app/components/upload/useUploadQueue.tsx";
import { HiddenControls, WizardPage } from "#app/routes/shared/StepPage.tsx";
import type { EvidenceView } from "#app/routes/shared/step-evidence.server.ts";

/**
 * The page where files are handed in, one box for each piece of evidence. Without script its form posts them all; with
 * script each starts at once, and "save and go on" waits for the last one.
 */
export function EvidencePage({ view }: { view: EvidenceView }) {
  const { t } = useTranslation(["common", "pages"]);
  const { wizard, words, uploads, leftOver, token, unfinished, uploadsHref } = view;
  const { refresh, isRefreshing } = useRefresh();
  const note = useNote();
  const address = { href: uploadsHref, token };
  const listed = useMemo(() => uploads.flatMap(({ files }) => files.map(({ id }) => id)), [uploads]);
  const settings = { address, unfinished, listed, onSettled: refresh, isRefreshing };
  const { form, queue, engine, isHeld, stuck, onSubmit } = useUploadQueue(settings);
  const problems = useMemo(
    () => [
      ...view.problems,
      ...stuck.map((row) => ({
        control: evidenceControls(row.code).files,
        message: `${row.name}: ${note(row, false)}`,
      })),
    ],
    [view.problems, stuck, note],
  );
  return (
    <WizardPage {...wizard} problems={problems}>
      <PageHead title={words.title} {...(words.lead ? { lead: words.lead } : {})} />
      {view.shared && <p className="kern-body">{view.shared}</p>}
      {queue && <UploadNews rows={queue.rows} />}
      {engine}
      <Form className="ao-form" method="post" encType="multipart/form-data" noValidate ref={form} onSubmit={onSubmit}>
        <DefaultSubmit />
        <HiddenControls token={token} />
        <div className="ao-stack">
          {uploads.map((upload) => (
            <EvidenceUpload key={upload.code} {...upload} queue={queue} />
          ))}
        </div>
        {leftOver && (
          <Alert tone="info" title={t("common:upload.leftOver")}>
            <EvidenceFiles files={leftOver} refused={[]} />
          </Alert>
        )}
        <div role="status">{isHeld && <Alert tone="info" title={t("pages:step.held")} />}</div>
        <Actions>
          <SubmitButton variant="primary" label={t("common:actions.save")} />
          {!queue && <SubmitButton name="then" value="stay" label={t("pages:step.upload")} />}
          <SubmitButton variant="tertiary" name="then" value="later" label={t("common:actions.later")} />
        </Actions>
      </Form>
    </WizardPage>
  );
}
