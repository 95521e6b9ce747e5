import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { SubmitButton } from "#app/components/Button.tsx";
import { HiddenControls } from "#app/routes/shared/StepPage.tsx";

/** The button that makes this browser forget the access code: for counselling centres and shared phones. */
export function EndSession({ token }: { token: string }) {
  const { t, i18n } = useTranslation();
  return (
    <Form method="post" action={`/${i18n.language}/end-session`} className="ao-noprint">
      <HiddenControls token={token} />
      <SubmitButton variant="tertiary" icon="logout" label={t("actions.endSession")} />
    </Form>
  );
}
