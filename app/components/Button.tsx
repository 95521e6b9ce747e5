import { Link } from "@remix-run/react";
import { useContext, type ReactNode } from "react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { HelpedContext } from "#app/components/HelpedContext.ts";
import { Icon, type IconName } from "#app/components/Icon.tsx";

type Look = {
  label: string;
  /** One primary per page, first in the row. */
  variant?: "primary" | "secondary" | "tertiary";
  small?: boolean;
  icon?: IconName;
  /** What the button acts on, read out after the label: "Entfernen: vertrag.pdf". */
  of?: string;
};

const classesOf = ({ variant = "secondary", small = false }: Look) =>
  `kern-btn kern-btn--${variant}${small ? " kern-btn--x-small" : ""}`;

function Content({ label, icon, of }: Look) {
  const { t } = useTranslation();
  return (
    <>
      {icon && <Icon name={icon} />}
      <span className="kern-label">
        {label}
        {of && <span className="ao-hidden">{t("actions.of", { what: of })}</span>}
      </span>
    </>
  );
}

/**
 * A button that posts the form around it, with `name` and `value` if given. `isSending` marks it as of no use just now; it
 * keeps the focus and is read out, unlike a disabled one.
 */
export function SubmitButton({
  name,
  value,
  isSending = false,
  ...look
}: Look & { name?: string; value?: string; isSending?: boolean }) {
  return (
    <button type="submit" name={name} value={value} className={classesOf(look)} aria-disabled={isSending || undefined}>
      <Content {...look} />
    </button>
  );
}

/** A small button for scripts, where nothing is posted. */
export function PlainButton({ onPress, ...look }: Look & { onPress: () => void }) {
  return (
    <button type="button" className={classesOf({ variant: "tertiary", small: true, ...look })} onClick={onPress}>
      <Content {...look} />
    </button>
  );
}

type Target = {
  href: string;
  /** Leaves the page for good: logins, other services. */
  document?: boolean;
  /** A file to save: there is none where somebody helps, as nothing is saved in that browser. */
  file?: boolean;
};

/** A link that looks like a button. */
export function LinkButton({ href, document = false, file = false, ...look }: Look & Target) {
  const isHelped = useContext(HelpedContext);
  if (file && isHelped) return null;
  return (
    <Link to={href} reloadDocument={document || file} className={classesOf(look)}>
      <Content {...look} />
    </Link>
  );
}

/** The row of buttons that ends a page or a box. */
export function Actions({ children }: { children: ReactNode }) {
  return <div className="ao-actions">{children}</div>;
}

/**
 * The first submit button of a form that also has buttons for removing: Enter in a text field presses the first one.
 * Invisible and out of the order of keys.
 */
export function DefaultSubmit() {
  return <button type="submit" className="ao-hidden" tabIndex={-1} aria-hidden="true" />;
}

/**
 * The buttons of a question page: save and go on, and (posting `then=later`) save and leave. While the page is being saved
 * the first one says so.
 */
export function StepActions({
  label,
  later = true,
  isSending = false,
}: {
  label?: string;
  later?: boolean;
  isSending?: boolean;
}) {
  const { t } = useTranslation();
  return (
    <Actions>
      <SubmitButton
        variant="primary"
        label={isSending ? t("context.saving") : (label ?? t("actions.save"))}
        isSending={isSending}
      />
      {later && (
        <SubmitButton variant="tertiary" name="then" value="later" label={t("actions.later")} isSending={isSending} />
      )}
    </Actions>
  );
}
