import { Form } from "@remix-run/react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { DefaultSubmit, StepActions } from "#app/components/Button.tsx";
import { controlId } from "#app/components/controlId.ts";
import { GroupList } from "#app/components/GroupList.tsx";
import { PageHead } from "#app/components/PageHead.tsx";
import { Why } from "#app/components/Why.tsx";
import { HiddenControls, WizardPage } from "#app/routes/shared/StepPage.tsx";
import type { GroupView } from "#app/routes/shared/step-group.server.ts";

/** The list page of a group: what was added, add, remove, go on. */
export function GroupPage({ view }: { view: GroupView }) {
  const { t } = useTranslation();
  const { wizard, words, items, empty, addLabel, token, problems, id } = view;
  return (
    <WizardPage {...wizard} problems={problems}>
      <PageHead title={words.title} {...(words.lead ? { lead: words.lead } : {})} />
      <Form key={id} className="ao-form" method="post" noValidate>
        <DefaultSubmit />
        <HiddenControls token={token} />
        <div id={controlId("items")}>
          <GroupList items={items} empty={empty} {...(addLabel ? { addLabel } : {})} />
        </div>
        {words.why && <Why text={words.why} />}
        <StepActions label={t(items.length === 0 ? "group.none" : "actions.save")} />
      </Form>
    </WizardPage>
  );
}
