import type { ReactNode } from "react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { brandHref } from "#app/components/brand.ts";
import { Footer, HelpStrip, type FooterLinks, type HelpProps } from "#app/components/Footer.tsx";
import { HelpedBar, type HelpedBarProps } from "#app/components/HelpedBar.tsx";
import { HelpedContext } from "#app/components/HelpedContext.ts";
import { Header, type HeaderProps } from "#app/components/Header.tsx";
import { LeaveQuickly } from "#app/components/LeaveQuickly.tsx";
import { OfflineBar } from "#app/components/OfflineBar.tsx";

export type PageFrameProps = HeaderProps & {
  /** Marks every page of the demo. */
  demo: boolean;
  help: HelpProps;
  footer: FooterLinks;
  /** Bar between header and content: the draft. */
  bar?: ReactNode;
  /** `page`: padded column; `bare`: the page brings its own full-width sections. */
  layout?: "page" | "bare";
  /** Pages that nobody else should see: a button leaves at once (architecture 9). */
  leaveHref?: string;
  /** Somebody helps the person in this browser, or it is not theirs. */
  helped?: HelpedBarProps;
  /** Wider pages of the authority's staff. */
  office?: boolean;
  /** In place of the header with authority and languages, on pages of staff. */
  staffHeader?: ReactNode;
  children: ReactNode;
};

/** Everything around the content of a page; its parts never move. */
export function PageFrame({
  demo,
  help,
  footer,
  bar,
  layout = "page",
  office = false,
  leaveHref,
  helped,
  staffHeader,
  children,
  ...header
}: PageFrameProps) {
  const { t } = useTranslation();
  return (
    <div className={office ? "ao-office" : undefined}>
      {header.authority && <link rel="stylesheet" href={brandHref(header.authority.id)} />}
      <a className="ao-skip" href="#inhalt">
        {t("skip")}
      </a>
      {demo && (
        <aside className="ao-demobar" aria-label={t("demoLabel")}>
          {t("demo")}
        </aside>
      )}
      {staffHeader ?? <Header {...header} />}
      <OfflineBar />
      {helped && !staffHeader && <HelpedBar {...helped} />}
      {leaveHref && <LeaveQuickly href={leaveHref} />}
      {bar}
      <main id="inhalt" className={layout === "page" ? "ao-main" : undefined} tabIndex={-1}>
        <HelpedContext.Provider value={helped !== undefined}>
          {layout === "page" ? <div className="ao-page">{children}</div> : children}
        </HelpedContext.Provider>
      </main>
      <HelpStrip {...help} />
      <Footer links={footer} />
    </div>
  );
}

/** A page of the wizard: the list of sections beside the content, on phones above it. */
export function WizardLayout({ sections, children }: { sections: ReactNode; children: ReactNode }) {
  return (
    <div className="ao-wizard">
      {sections}
      <div className="ao-wizard__content">{children}</div>
    </div>
  );
}
