import { Alert } from "#app/components/Alert.tsx";
import { Actions, LinkButton } from "#app/components/Button.tsx";

type Target = { href: string; label: string };

/** What a person can do while the service does not get a message through. */
export type UndeliveredProps = {
  title: string;
  text: string;
  /** Phone of the authority, the one for emergencies if it has one. */
  call: Target;
  bring: string;
  receipt: string;
  pdf: Target;
  proof: Target;
};

/** Says that a message has not got through and which other ways there are; works without script and on paper. */
export function Undelivered({ title, text, call, bring, receipt, pdf, proof }: UndeliveredProps) {
  return (
    <Alert tone="warning" title={title}>
      <div className="ao-stack ao-stack--s" data-held-up>
        <p className="kern-body">{text}</p>
        <ul className="kern-list kern-list--bullet">
          <li>
            <a className="kern-link" href={call.href}>
              {call.label}
            </a>
          </li>
          <li>{bring}</li>
          <li>{receipt}</li>
        </ul>
        <Actions>
          <LinkButton {...pdf} file />
          <LinkButton {...proof} />
        </Actions>
      </div>
    </Alert>
  );
}
