import type { ReactNode } from "react";
import { Icon } from "#app/components/Icon.tsx";

export type AlertProps = {
  tone: "info" | "success" | "warning" | "danger";
  title: string;
  /** True for what appears after the page was loaded: it is read out. */
  live?: boolean;
  children?: ReactNode;
};

/** A message beside the flow; at most one a page besides the error summary. Deadlines use `DeadlineBanner`. */
export function Alert({ tone, title, live = false, children }: AlertProps) {
  return (
    <div className={`kern-alert kern-alert--${tone}`} role={live ? "alert" : undefined}>
      <div className="kern-alert__header">
        <Icon name={tone} />
        <p className="kern-title kern-title--small">{title}</p>
      </div>
      {children && (
        <div className="kern-alert__body">
          <div className="kern-body">{children}</div>
        </div>
      )}
    </div>
  );
}
