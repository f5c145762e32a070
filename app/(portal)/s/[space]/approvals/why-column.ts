import type { Column } from "#app/_ui/data-table.tsx";
import type { ApprovalRow } from "./approval-table.tsx";

/** Why a request waits; that it needs approval is what the table is about. */
export const whyColumn: Column<ApprovalRow> = {
  key: "why",
  label: "Why it waits",
  block: true,
  cell: (row) => row.reason.replace(/^Needs approval:\s*/, ""),
};
