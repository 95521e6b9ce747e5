import type { ReactNode } from "react";

export type Column = { label: string; isNumber?: boolean };
export type BlockRow = { key: string; cells: readonly ReactNode[] };

/** A working list: a table that becomes one block a row on phones. The roles keep it a table for assistive technology. */
export function BlockTable({
  caption,
  columns,
  rows,
}: {
  caption: string;
  columns: readonly Column[];
  rows: readonly BlockRow[];
}) {
  const classOf = (index: number) => (columns[index]?.isNumber ? "ao-num" : undefined);
  return (
    <table className="ao-table ao-table--blocks" role="table">
      <caption className="kern-sr-only">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ label }, index) => (
            <th key={label} role="columnheader" scope="col" className={classOf(index)}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map(({ key, cells }) => (
          <tr key={key} role="row">
            {cells.map((cell, index) => (
              <td key={columns[index]?.label} role="cell" data-label={columns[index]?.label} className={classOf(index)}>
                <span>{cell}</span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
