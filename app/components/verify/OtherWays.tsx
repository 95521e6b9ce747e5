import { useTranslation } from "#app/i18n/useTranslation.ts";
import { LinkList } from "#app/components/Tiles.tsx";

/** The ways of checking that the page does not show; after a valid result all of them, for the next receipt. */
export function OtherWays({ ways, isAgain }: { ways: readonly { href: string; title: string }[]; isAgain: boolean }) {
  const { t } = useTranslation(["pages"]);
  return (
    <nav className="ao-stack ao-stack--s" aria-labelledby="other-ways">
      <h2 className="kern-heading-medium" id="other-ways">
        {isAgain ? t("pages:verify.again") : t("pages:verify.otherWays")}
      </h2>
      <LinkList links={ways} />
    </nav>
  );
}
