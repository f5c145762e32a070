import type { ReactNode } from "react";
import styles from "./data-table.module.css";

export type Column<Row> = {
  key: string;
  label: string;
  cell: (row: Row) => ReactNode;
  numeric?: boolean;
  /** Stays on one line. */
  tight?: boolean;
  /** A number or a box: as narrow as it is, even as the first column. */
  narrow?: boolean;
  /** Left out where rows are drawn as cards. */
  wideOnly?: boolean;
  /** Long text: takes a card's whole width, below its name. */
  block?: boolean;
  /** Pixels, so that columns of several tables stand in line. */
  width?: number;
};

/** Rows and columns; below the width of a phone each row becomes a card with the column's name before each value. */
export function DataTable<Row>(props: {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  rowTone?: (row: Row) => string | undefined;
  density?: "compact" | "normal" | "comfortable";
}) {
  return (
    <div className={styles.frame}>
      <table className={styles.table} data-density={props.density ?? "normal"} aria-label={props.label}>
        <thead>
          <tr>
            {props.columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                data-numeric={column.numeric || undefined}
                style={column.width ? { width: column.width } : undefined}
              >
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={props.rowKey(row)} data-row={props.rowKey(row)} data-tone={props.rowTone?.(row)}>
              {props.columns.map((column) => (
                <td
                  key={column.key}
                  data-label={column.label}
                  data-numeric={column.numeric || undefined}
                  data-tight={column.tight || undefined}
                  data-narrow={column.narrow || undefined}
                  data-block={column.block || undefined}
                  data-wide-only={column.wideOnly || undefined}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
