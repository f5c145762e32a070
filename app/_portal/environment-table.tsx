"use client";

import Link from "next/link";
import type { Outputs } from "#app/_trpc/outputs.ts";
import { DataTable } from "#app/_ui/data-table.tsx";
import { minutesInWords } from "#app/_ui/time/format-time.ts";
import { Moment } from "#app/_ui/time/moment.tsx";
import { EnvironmentName } from "./environment-name.tsx";
import { EnvironmentStateBadge } from "./environment-state-badge.tsx";
import { Money } from "./money.tsx";
import { useSpace } from "./session/use-space.ts";

export type EnvironmentRow = Outputs["environment"]["list"]["items"][number];

/** Environments as rows; the name is the link. One's own, in little room, go without owner and blueprint. */
export function EnvironmentTable({ rows, own = false }: { rows: readonly EnvironmentRow[]; own?: boolean }) {
  const { path } = useSpace();
  return (
    <DataTable
      label="Environments"
      rows={rows}
      rowKey={(row) => row.id}
      columns={[
        {
          key: "name",
          label: "Environment",
          cell: (row) => (
            <EnvironmentName
              href={path(`environments/env-${row.number}`)}
              of={{ ref: `env-${row.number}`, simulated: row.simulated }}
            >
              {row.name}
            </EnvironmentName>
          ),
        },
        {
          key: "state",
          label: "State",
          tight: true,
          cell: (row) => <EnvironmentStateBadge state={row.state} />,
        },
        ...(own
          ? []
          : [
              {
                key: "blueprint",
                label: "Blueprint",
                cell: (row: EnvironmentRow) => (
                  <Link href={path(`catalog/${row.blueprintName}`)}>{row.blueprintTitle}</Link>
                ),
              },
              { key: "owner", label: "Owner", tight: true, cell: (row: EnvironmentRow) => row.ownerName ?? "unknown" },
            ]),
        {
          key: "ends",
          label: "Ends",
          cell: (row) => <Ends row={row} />,
        },
        {
          key: "cost",
          label: "Estimate",
          numeric: true,
          // One's own stand beside another column of the page: there is room for two short lines, not for one long.
          tight: !own,
          cell: (row) => (
            <Money amount={row.monthlyEstimate} upper={row.estimateIsOpen ? null : undefined} period="month" />
          ),
        },
      ]}
    />
  );
}

function Ends({ row }: { row: EnvironmentRow }) {
  if (row.endedAt) return <Moment at={row.endedAt} />;
  if (row.endsAt) return <Moment at={row.endsAt} relative />;
  if (row.state === "awaiting_approval" && row.durationMinutes !== null)
    return `${minutesInWords(row.durationMinutes)} once approved`;
  return "none";
}
