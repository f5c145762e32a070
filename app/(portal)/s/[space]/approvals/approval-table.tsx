"use client";

import Link from "next/link";
import { ActorName } from "#app/_portal/actor-name.tsx";
import { ApprovalStateBadge } from "#app/_portal/approval-state-badge.tsx";
import { Money } from "#app/_portal/money.tsx";
import { useSpace } from "#app/_portal/session/use-space.ts";
import type { Outputs } from "#app/_trpc/outputs.ts";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Moment } from "#app/_ui/time/moment.tsx";
import { actionWords } from "./action-words.ts";

export type ApprovalRow = Outputs["approval"]["list"]["items"][number];

export function ApprovalTable({ rows }: { rows: readonly ApprovalRow[] }) {
  const { path } = useSpace();
  return (
    <DataTable
      label="Approval requests"
      rows={rows}
      rowKey={(row) => row.id}
      columns={[
        {
          key: "what",
          label: "Request",
          cell: (row) => (
            <span>
              <Link href={path(`approvals/${row.id}`)}>
                {actionWords[row.action]} {row.environment.name}
              </Link>{" "}
              <code>{row.environment.ref}</code>
            </span>
          ),
        },
        { key: "blueprint", label: "Blueprint", cell: (row) => row.environment.blueprintTitle },
        { key: "who", label: "Asked by", cell: (row) => <ActorName actor={row.requestedBy} /> },
        { key: "why", label: "Why it waits", cell: (row) => row.reason.replace(/^Needs approval:\s*/, "") },
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
          label: "Expires",
          cell: (row) =>
            row.state === "open" ? <Moment at={row.expiresAt} relative /> : <Moment at={row.settledAt} />,
        },
      ]}
    />
  );
}
