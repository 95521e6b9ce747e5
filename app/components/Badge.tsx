import { Icon, type IconName } from "#app/components/Icon.tsx";

/** A state that something gave, by word, icon and colour. */
export function Badge({
  tone,
  label,
  icon = tone,
}: {
  tone: "info" | "success" | "warning" | "danger";
  label: string;
  icon?: IconName;
}) {
  return (
    <span className={`kern-badge kern-badge--${tone} kern-badge--small`}>
      <Icon name={icon} size="small" />
      <span className="kern-label">{label}</span>
    </span>
  );
}

/** A neutral property: "optional", "later". */
export function Tag({ label }: { label: string }) {
  return <span className="ao-tag">{label}</span>;
}
