import { Form } from "@remix-run/react";
import { Actions, SubmitButton } from "#app/components/Button.tsx";
import { HiddenControls } from "#app/routes/shared/StepPage.tsx";

/** The way to hand in what a filed application still lacks, or to go on with it. */
export type SupplementOffer = { action: string; title: string; text: string; label: string };

/** A box with the button that begins a supplement or goes on with it; a post, because it makes a draft. */
export function SupplementBox({ offer, token }: { offer: SupplementOffer; token: string }) {
  return (
    <section className="ao-box ao-stack ao-stack--s ao-noprint" aria-labelledby="supplement">
      <h2 className="kern-heading-medium" id="supplement">
        {offer.title}
      </h2>
      <p className="kern-body">{offer.text}</p>
      <Form method="post" action={offer.action}>
        <HiddenControls token={token} />
        <Actions>
          <SubmitButton label={offer.label} />
        </Actions>
      </Form>
    </section>
  );
}
