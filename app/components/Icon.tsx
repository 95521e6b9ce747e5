/** Icons that `app/styles/kern.scss` ships. */
export type IconName =
  | "account-circle"
  | "add"
  | "arrow-back"
  | "arrow-down"
  | "arrow-forward"
  | "arrow-up"
  | "autorenew"
  | "calendar-today"
  | "check"
  | "checklist"
  | "close"
  | "content-copy"
  | "danger"
  | "delete"
  | "download"
  | "draft"
  | "easy-language"
  | "edit"
  | "help"
  | "info"
  | "language"
  | "logout"
  | "mail"
  | "open-in-new"
  | "search"
  | "sign-language"
  | "success"
  | "visibility"
  | "warning";

/** A drawing beside words; it says nothing to assistive technology. */
export function Icon({ name, size }: { name: IconName; size?: "small" | "large" | "x-large" }) {
  const classes = `kern-icon kern-icon--${name}${size ? ` kern-icon--${size}` : ""}`;
  return <span className={classes} aria-hidden="true" />;
}
