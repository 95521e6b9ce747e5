import { Fragment } from "react";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { Alert } from "#app/components/Alert.tsx";
import { Badge } from "#app/components/Badge.tsx";
import { BlockTable } from "#app/components/operator/BlockTable.tsx";
import { PrintButton } from "#app/components/PrintButton.tsx";

/** One thing to mend. */
export type WrongLine = {
  key: string;
  row: string;
  family: string;
  person: string;
  column: string;
  de: string;
  uk: string;
};

/** A family whose applications are filed, now or before. */
export type FamilyLine = {
  key: string;
  family: string;
  state: { tone: "success" | "info"; label: string };
  persons: readonly { name: string; reference: string }[];
  code: string;
  /** Code and references for the sheet of the family; empty without a code. */
  sheet: string;
};

/** What became of a file, in finished words. */
export type ImportReportView =
  | { ok: false; de: string; uk: string }
  | {
      ok: true;
      counts: string;
      /** The same as CSV, inside the page: it is kept nowhere. */
      csv: { href: string; name: string };
      wrong: readonly WrongLine[];
      families: readonly FamilyLine[];
    };

/** An access code that may part between its groups on a phone. */
function AccessCode({ code }: { code: string }) {
  return (code.match(/[^-]+-?/g) ?? []).map((group) => (
    <Fragment key={group}>
      <span className="ao-code">{group}</span>
      <wbr />
    </Fragment>
  ));
}

function Wrong({ lines }: { lines: readonly WrongLine[] }) {
  const { t } = useTranslation(["operator"]);
  const columns = ["row", "family", "person", "column", "whatDe", "whatUk"] as const;
  return (
    <section className="ao-stack ao-stack--s" aria-labelledby="wrong">
      <h2 className="kern-heading-small" id="wrong">
        {t("operator:helper.import.wrongTitle")}
      </h2>
      <BlockTable
        caption={t("operator:helper.import.wrongTitle")}
        columns={columns.map((name) => ({ label: t(`operator:helper.import.${name}`), isNumber: name === "row" }))}
        rows={lines.map(({ key, row, family, person, column, de, uk }) => ({
          key,
          cells: [row, family, person, <span className="ao-code">{column}</span>, de, <span lang="uk">{uk}</span>],
        }))}
      />
    </section>
  );
}

function Families({ lines }: { lines: readonly FamilyLine[] }) {
  const { t } = useTranslation(["operator"]);
  const columns = ["family", "state", "person", "reference", "code"] as const;
  return (
    <section className="ao-stack ao-stack--s" aria-labelledby="families">
      <h2 className="kern-heading-small" id="families">
        {t("operator:helper.import.familiesTitle")}
      </h2>
      <BlockTable
        caption={t("operator:helper.import.familiesTitle")}
        columns={columns.map((name) => ({ label: t(`operator:helper.import.${name}`) }))}
        rows={lines.flatMap(({ key, family, state, persons, code }) =>
          persons.map(({ name, reference }, index) => ({
            key: `${key} ${reference}`,
            cells: [
              family,
              <Badge {...state} />,
              name,
              <span className="ao-code">{reference}</span>,
              index === 0 ? <AccessCode code={code} /> : "",
            ],
          })),
        )}
      />
    </section>
  );
}

/** Prints a sheet for every family whose code is known. */
function Sheets({ token, lines }: { token: string; lines: readonly FamilyLine[] }) {
  const { t } = useTranslation(["operator"]);
  return (
    <form method="post" action="/helper/import/sheets.pdf" target="_blank">
      <input type="hidden" name="csrf" value={token} />
      {lines.map(({ key, sheet }) => (
        <input key={key} type="hidden" name="sheet" value={sheet} />
      ))}
      <button type="submit" className="kern-btn kern-btn--secondary">
        <span className="kern-label">{t("operator:helper.import.sheets")}</span>
      </button>
    </form>
  );
}

/** What became of a file: what is to be mended first, then the families with their codes. */
export function ImportReport({ token, view }: { token: string; view: ImportReportView }) {
  const { t } = useTranslation(["operator"]);
  if (!view.ok) {
    return (
      <Alert tone="danger" title={t("operator:helper.import.refused")}>
        <p>{view.de}</p>
        <p lang="uk">{view.uk}</p>
      </Alert>
    );
  }
  const { counts, csv, wrong, families } = view;
  const withCode = families.filter(({ sheet }) => sheet !== "");
  return (
    <>
      <Alert tone={wrong.length > 0 ? "warning" : "success"} title={t("operator:helper.import.done")}>
        <p>{counts}</p>
        {families.length > 0 && <p>{t("operator:helper.import.keep")}</p>}
      </Alert>
      {withCode.length > 0 && <Sheets token={token} lines={withCode} />}
      <p className="ao-row">
        <a className="kern-link kern-link--no-visited-state" href={csv.href} download={csv.name}>
          {t("operator:helper.import.save")}
        </a>
        <PrintButton label={t("operator:helper.import.print")} />
      </p>
      {wrong.length > 0 && <Wrong lines={wrong} />}
      {families.length > 0 && <Families lines={families} />}
    </>
  );
}
