import { Alert } from "#app/components/Alert.tsx";
import { LinkButton } from "#app/components/Button.tsx";

/** Another way to the same end: the short path for people in a hurry, and from there the long one. */
export type OtherWayProps = { tone: "warning" | "info"; title: string; text: string; href: string; label: string };

/** Offers the other way; a link, so that it works without script. */
export function OtherWay({ tone, title, text, href, label }: OtherWayProps) {
  return (
    <Alert tone={tone} title={title}>
      <p className="kern-body">{text}</p>
      <LinkButton href={href} label={label} />
    </Alert>
  );
}
