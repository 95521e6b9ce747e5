import { Form } from "@remix-run/react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { SubmitButton } from "#app/components/Button.tsx";
import { HiddenControls } from "#app/routes/shared/StepPage.tsx";

/** The button that ends the login of staff, on every page of theirs. `token`: the form token. */
export function StaffLogout({ token }: { token: string }) {
  const { t } = useTranslation(["operator"]);
  // As a document: the page behind it leads on to the login service, which a script may not follow.
  return (
    <Form method="post" action="/staff/logout" reloadDocument className="ao-noprint">
      <HiddenControls token={token} />
      <SubmitButton variant="secondary" icon="logout" label={t("operator:staff.out.action")} />
    </Form>
  );
}
