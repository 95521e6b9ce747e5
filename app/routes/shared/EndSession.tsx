import { Form, useNavigation } from "@remix-run/react";
import { useContext, useEffect } from "react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { SubmitButton } from "#app/components/Button.tsx";
import { HelpedContext } from "#app/components/HelpedContext.ts";
import { forgetUnsent } from "#app/components/form/unsent.ts";
import { tellTabs } from "#app/components/session/sessionChannel.ts";
import { HiddenControls } from "#app/routes/shared/StepPage.tsx";

/**
 * The button that makes this browser forget the access code: for counselling centres and shared phones. Where somebody helps, the bar
 * above the page has one that forgets more.
 */
export function EndSession({ token }: { token: string }) {
  const { t, i18n } = useTranslation();
  const isHelped = useContext(HelpedContext);
  const { state, formAction } = useNavigation();
  // Not before the service has answered: a page that another tab asks for meanwhile would prolong the session.
  const isEnded = state === "loading" && formAction?.endsWith("/end-session") === true;
  useEffect(() => {
    if (!isEnded) return;
    forgetUnsent();
    tellTabs("ended");
  }, [isEnded]);
  if (isHelped) return null;
  return (
    <Form method="post" action={`/${i18n.language}/end-session`} className="ao-noprint">
      <HiddenControls token={token} />
      <SubmitButton variant="tertiary" icon="logout" label={t("actions.endSession")} />
    </Form>
  );
}
