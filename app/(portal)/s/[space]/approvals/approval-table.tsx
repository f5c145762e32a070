"use client";

import { Checkbox } from "@mantine/core";
import { ActorName } from "#app/_portal/actor-name.tsx";
import { ApprovalStateBadge } from "#app/_portal/approval-state-badge.tsx";
import { EnvironmentName } from "#app/_portal/environment-name.tsx";
import { Money } from "#app/_portal/money.tsx";
import { useSpace } from "#app/_portal/session/use-space.ts";
import type { Outputs } from "#app/_trpc/outputs.ts";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Moment } from "#app/_ui/time/moment.tsx";
import { actionWords } from "./action-words.ts";
import { whyNotInBulk } from "./bulk-rules.ts";
import { whyColumn } from "./why-column.ts";

export type ApprovalRow = Outputs["approval"]["list"]["items"][number];
type Choose = { chosen: readonly ApprovalRow[]; toggle: (row: ApprovalRow) => void };

/** With `choose`, rows that may be approved together can be selected. */
export function ApprovalTable({ rows, choose }: { rows: readonly ApprovalRow[]; choose?: Choose | undefined }) {
  const { path } = useSpace();
  return (
    <DataTable
      label="Approval requests"
      rows={rows}
      rowKey={(row) => row.id}
      columns={[
        ...(choose
          ? [
              {
                key: "select",
                label: "Select",
                narrow: true,
                width: 60,
                cell: (row: ApprovalRow) => <Selector row={row} choose={choose} />,
              },
            ]
          : []),
        {
          key: "what",
          label: "Request",
          cell: (row) => (
            <EnvironmentName href={path(`approvals/${row.id}`)} of={row.environment}>
              {actionWords[row.action]} {row.environment.name}
            </EnvironmentName>
          ),
        },
        { key: "blueprint", label: "Blueprint", cell: (row) => row.environment.blueprintTitle },
        { key: "who", label: "Asked by", cell: (row) => <ActorName actor={row.requestedBy} /> },
        whyColumn,
        {
          key: "cost",
          label: "Estimate",
          numeric: true,
          cell: (row) => (
            <Money
              amount={row.environment.monthlyEstimate}
              upper={row.environment.estimateIsOpen ? null : undefined}
              period="month"
            />
          ),
        },
        {
          key: "state",
          label: "State",
          cell: (row) => (
            <span>
              <ApprovalStateBadge state={row.state} />{" "}
              {row.state === "open" && row.requiredApprovals > 1
                ? `${row.votes.filter((vote) => vote.vote === "approve").length} of ${row.requiredApprovals}`
                : null}
            </span>
          ),
        },
        {
          key: "until",
          label: rows.every((row) => row.state === "open") ? "Expires" : "Expires or settled",
          cell: (row) =>
            row.state === "open" ? <Moment at={row.expiresAt} relative /> : <Moment at={row.settledAt} />,
        },
      ]}
    />
  );
}

function Selector({ row, choose }: { row: ApprovalRow; choose: Choose }) {
  const checked = choose.chosen.some(({ id }) => id === row.id);
  const why = checked ? null : whyNotInBulk(row, choose.chosen);
  const label = `Select ${actionWords[row.action]} ${row.environment.name}`;
  return (
    <Checkbox
      size="sm"
      checked={checked}
      disabled={why !== null}
      title={why ?? ""}
      aria-label={why ? `${label}: ${why}` : label}
      onChange={() => choose.toggle(row)}
    />
  );
}
