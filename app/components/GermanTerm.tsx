import type { ReactNode } from "react";
import { useTranslation } from "#app/i18n/useTranslation.ts";

/**
 * What stays German on every page, such as the name of an authority or a § of a law: read out in German and from left to
 * right, whatever stands around it. Every such text goes through this or `GermanTerm`.
 */
export function German({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <bdi className={className} lang="de" dir="ltr">
      {children}
    </bdi>
  );
}

/** The official German word beside its translation, so that clerk and helper find it; nothing on a German page. */
export function GermanTerm({ term }: { term: string | undefined }) {
  const { i18n } = useTranslation();
  if (!term || i18n.language === "de") return null;
  return (
    <>
      {" "}
      <German className="ao-de">{term}</German>
    </>
  );
}
