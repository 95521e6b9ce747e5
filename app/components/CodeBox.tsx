import { useEffect, useState } from "react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { Icon } from "#app/components/Icon.tsx";

/** A code in groups, always left to right; with script also a button that copies it. */
export function CodeBox({ groups }: { groups: readonly string[] }) {
  const { t } = useTranslation();
  const [canCopy, setCanCopy] = useState(false);
  const [isCopied, setCopied] = useState(false);
  useEffect(() => setCanCopy(navigator.clipboard !== undefined), []);
  const copy = async () => {
    await navigator.clipboard.writeText(groups.join("-"));
    setCopied(true);
  };
  return (
    <>
      <p className="ao-resume__code" translate="no">
        {groups.map((group, index) => (
          <span key={index}>{group}</span>
        ))}
      </p>
      {canCopy && (
        <div className="ao-row ao-noprint">
          <button type="button" className="kern-btn kern-btn--tertiary kern-btn--x-small" onClick={() => void copy()}>
            <Icon name="content-copy" />
            <span className="kern-label">{t("code.copy")}</span>
          </button>
          <span role="status">{isCopied && t("code.copied")}</span>
        </div>
      )}
    </>
  );
}
