import { useTranslation } from "react-i18next";

/** The official German word beside its translation, so that clerk and helper find it; nothing on a German page. */
export function GermanTerm({ term }: { term: string | undefined }) {
  const { i18n } = useTranslation();
  if (!term || i18n.language === "de") return null;
  return (
    <>
      {" "}
      <span className="ao-de" lang="de" dir="ltr">
        {term}
      </span>
    </>
  );
}
